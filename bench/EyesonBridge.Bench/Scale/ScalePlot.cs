using ScottPlot;
using SkiaSharp;

namespace EyesonBridge.Bench.Scale;

/// <summary>A simulation over time: what is observed, how many handshakes that takes, and how evenly rooms are spread.</summary>
internal static class ScalePlot
{
    private const int Width = 1200;
    private const int Height = 260;
    private const int Points = 600;

    /// <summary>Writes the plot as SVG.</summary>
    public static void Save(string path, ScaleResult result)
    {
        var samples = result.Samples.Chunk(Math.Max(1, result.Samples.Count / Points)).Select(Worst).ToList();
        var minutes = samples.Select(static sample => sample.At.TotalMinutes).ToArray();
        using var stream = File.Create(path);
        using var canvas = SKSvgCanvas.Create(new SKRect(0, 0, Width, 4 * Height), stream);
        Draw(0, "rooms observed", [("", [.. samples.Select(static sample => (double)sample.Observed)])]);
        Draw(1, "handshakes a second", [("", [.. samples.Select(static sample => (double)sample.Handshakes)])]);
        Draw(
            2,
            "rooms of a replica",
            [("most", [.. samples.Select(static sample => (double)sample.MostHeld)]), ("fewest", [.. samples.Select(static sample => (double)sample.LeastHeld)])]);
        Draw(3, "database processors busy", [("", [.. samples.Select(static sample => sample.Busy)])]);

        void Draw(int at, string label, IReadOnlyList<(string Name, double[] Values)> lines)
        {
            using var plot = new Plot();
            plot.RenderManager.ClearCanvasBeforeEachRender = false; // the others are there already
            foreach (var (name, values) in lines)
            {
                var line = plot.Add.ScatterLine(minutes, values);
                line.LineWidth = 1.5f;
                line.LegendText = name;
            }

            var top = Math.Max(1, lines.Max(static line => line.Values.Max()) * 1.05);
            foreach (var (phase, number) in result.Phases.Select(static (phase, index) => (phase, index + 1)))
            {
                plot.Add.VerticalLine(phase.Begun.TotalMinutes, 1, Colors.Gray, LinePattern.Dotted);
                if (at == 0)
                    plot.Add.Text(FormattableString.Invariant($" {number} {phase.Name}"), phase.Begun.TotalMinutes, top * (0.95 - (0.1 * number)));
            }

            plot.Axes.SetLimits(0, minutes[^1], 0, top);
            plot.YLabel(label);
            if (at == 0)
                plot.Title(Title(result.Options));
            if (at == 3)
                plot.XLabel("minutes");
            if (lines.Count > 1)
                plot.ShowLegend();
            plot.Render(canvas, new PixelRect(0, Width, (at + 1) * Height, at * Height));
        }
    }

    /// <summary>A few seconds as one: what is bad in any of them is shown.</summary>
    private static Sample Worst(Sample[] seconds) => new(
        seconds[0].At,
        seconds.Min(static sample => sample.Replicas),
        seconds.Min(static sample => sample.Observed),
        seconds.Max(static sample => sample.Handshakes),
        seconds.Min(static sample => sample.LeastHeld),
        seconds.Max(static sample => sample.MostHeld),
        seconds.Max(static sample => sample.Busy));

    private static string Title(ScaleOptions options) => FormattableString.Invariant(
        $"Simulated: {options.Rooms:N0} rooms on {options.Replicas} replicas, {options.Accounts} account(s) with {options.HandshakesPerSecond:N0} handshakes a second");
}
