using System.Globalization;
using System.Text;
using EyesonBridge.Bench.Scenarios;

namespace EyesonBridge.Bench.Reports;

/// <summary>Results as a table that reads well as text, too.</summary>
internal static class MarkdownTable
{
    public static string Of(Scenario scenario, Figures figures)
    {
        var rows = RatioRow.Of(scenario, figures).ToList();
        var hasRatio = rows.Exists(row => row.Ratio is not null);
        List<string[]> cells = [["", .. figures.Candidates, .. hasRatio ? new[] { "ratio" } : []]];
        foreach (var row in rows)
        {
            cells.Add(
            [
                $"{row.Measure.Title} ({row.Measure.Unit})",
                .. figures.Candidates.Select(candidate => row.Medians.TryGetValue(candidate, out var median) ? Number(median) : ""),
                .. hasRatio ? new[] { row.Ratio is { } ratio ? $"{Number(ratio)} ×" : "" } : [],
            ]);
        }

        var text = new StringBuilder().Append("**").Append(scenario.Title).AppendLine("**").AppendLine();
        var widths = Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => row[column].Length)).ToArray();
        for (var row = 0; row < cells.Count; row++)
        {
            text.Append("| ").AppendJoin(" | ", cells[row].Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).AppendLine(" |");
            if (row == 0)
                text.Append("| ").AppendJoin(" | ", widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', Math.Max(width - 1, 1)) + ":")).AppendLine(" |");
        }

        foreach (var failure in figures.Failures)
            text.AppendLine().Append("Failed: ").AppendLine(failure);
        return text.ToString();
    }

    /// <summary>Three digits that count.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };
}
