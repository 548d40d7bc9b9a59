using EyesonBridge.Bench.Scenarios;
using ScottPlot;

namespace EyesonBridge.Bench.Reports;

/// <summary>All ratios at a glance, on a scale on which half and double are equally far from equal.</summary>
internal static class RatioPlot
{
    private const double Most = 5; // 32 ×

    /// <summary>Writes the plot as SVG.</summary>
    public static void Save(string path, IReadOnlyList<(Scenario Scenario, Figures Figures)> results)
    {
        var rows = results.SelectMany(result => RatioRow.Of(result.Scenario, result.Figures)).Where(row => row.Ratio is > 0).Reverse().ToList();
        if (rows.Count == 0)
            return;

        using var plot = new Plot();
        plot.Add.Bars(rows.Select(Bar).ToArray()).Horizontal = true;
        plot.Add.VerticalLine(0, 1, Colors.Black);
        plot.Axes.Left.SetTicks([.. rows.Select((_, at) => (double)at)], [.. rows.Select(row => row.Name)]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        double[] ticks = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
        plot.Axes.Bottom.SetTicks(ticks, ["1/16 ×", "1/8 ×", "1/4 ×", "1/2 ×", "1 ×", "2 ×", "4 ×", "8 ×", "16 ×"]);
        plot.Axes.SetLimitsY(-0.7, rows.Count - 0.3);
        var reach = Math.Min(Most, rows.Max(row => Math.Abs(Cost(row))) + 0.5);
        plot.Axes.SetLimitsX(-reach, reach);
        plot.HideGrid();
        plot.Title("What it costs, compared with the best of the others (left of 1 × is better)");
        plot.SaveSvg(path, 1000, 120 + (22 * rows.Count));
    }

    private static Bar Bar(RatioRow row, int position) => new()
    {
        Position = position,
        Value = Cost(row),
        Size = 0.7,
        FillColor = Cost(row) <= 0 ? Colors.SeaGreen : Colors.IndianRed,
        LineWidth = 0,
        Label = $"{MarkdownTable.Number(row.Ratio!.Value)} ×",
    };

    private static double Cost(RatioRow row) => Math.Clamp((row.Measure.MoreIsBetter ? -1 : 1) * Math.Log2(row.Ratio!.Value), -Most, Most);
}
