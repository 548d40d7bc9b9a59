using System.Globalization;

namespace EyesonBridge.Bench.Scale;

/// <summary><c>bench/run --scale</c>: simulates many rooms on many replicas.</summary>
internal static class ScaleProgram
{
    /// <exception cref="BenchException">An argument is not known.</exception>
    public static async Task<int> RunAsync(string results, IEnumerable<string> arguments)
    {
        var options = Read(arguments);
        Directory.CreateDirectory(results);
        ScaleResult[] runs = [Run(options), Run(options with { HandshakesPerSecond = 10 * options.HandshakesPerSecond, HandshakeBurst = 10 * options.HandshakeBurst })];
        var report = string.Join('\n', runs.Select(ScaleReport.Of));
        await File.WriteAllTextAsync(Path.Combine(results, "scale.md"), report);
        foreach (var run in runs)
            ScalePlot.Save(Path.Combine(results, FormattableString.Invariant($"scale-{run.Options.HandshakesPerSecond}.svg")), run);
        await Console.Out.WriteLineAsync(report);
        return 0;
    }

    /// <summary>The options that arguments give; for tests.</summary>
    public static ScaleOptions Read(IEnumerable<string> arguments)
    {
        var options = new ScaleOptions();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var name))
        {
            if (!rest.TryDequeue(out var text) || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value == 0)
                throw new BenchException($"{name} needs a number.");
            options = name switch
            {
                "--rooms" => options with { Rooms = value },
                "--replicas" => options with { Replicas = value },
                "--seed" => options with { Seed = value },
                "--accounts" => options with { Accounts = value },
                "--handshakes" => options with { HandshakesPerSecond = value, HandshakeBurst = 5 * value },
                "--processors" => options with { Database = options.Database with { Processors = value } },
                _ => throw new BenchException($"unknown option {name}"),
            };
        }

        return options;
    }

    private static ScaleResult Run(ScaleOptions options) => ScaleStory.Run(options);
}
