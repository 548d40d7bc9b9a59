using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using EyesonBridge.Bench.Processes;
using EyesonBridge.Bench.Reports;
using EyesonBridge.Bench.Scenarios;

namespace EyesonBridge.Bench;

/// <summary>The run as <c>bench/run</c> starts it: broker, scenarios, results.</summary>
internal static class BenchProgram
{
    public static async Task<int> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        var scenarios = Choose(arguments);
        var tools = arguments.Tools;
        Directory.CreateDirectory(tools.Work);
        await using var broker = await Broker.StartAsync(tools.BrokerLauncher, tools.BrokerKind, cancellationToken);
        var runner = new Runner(new Lab(tools, broker, arguments.IsShort), arguments.Rounds);
        var results = await runner.RunAsync(scenarios, cancellationToken);
        await WriteAsync(tools.Results, results, cancellationToken);
        if (arguments.IsNewBaseline)
            await File.WriteAllTextAsync(arguments.Baseline, Baseline.Write(results.SelectMany(result => RatioRow.Of(result.Scenario, result.Figures))), cancellationToken);
        var passes = !arguments.IsCheck
            || await BaselineCheck.PassesAsync(await Baseline.ReadAsync(arguments.Baseline, cancellationToken), results, runner, cancellationToken);
        return passes && results.All(result => result.Figures.Failures.Count == 0) ? 0 : 1;
    }

    private static async Task WriteAsync(string folder, IReadOnlyList<(Scenario Scenario, Figures Figures)> results, CancellationToken cancellationToken)
    {
        var markdown = string.Join('\n', results.Select(result => MarkdownTable.Of(result.Scenario, result.Figures)));
        await File.WriteAllTextAsync(Path.Combine(folder, "results.json"), ResultsJson.Of(Machine(), results), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "results.md"), markdown, cancellationToken);
        RatioPlot.Save(Path.Combine(folder, "results.svg"), results);
        await Console.Out.WriteLineAsync(markdown);
    }

    private static IReadOnlyList<Scenario> Choose(BenchArguments arguments)
    {
        if (arguments.Only.Count == 0)
            return [.. AllScenarios.List.Where(scenario => !arguments.IsShort || scenario.IsInShortForm)];

        return [.. arguments.Only.Select(name => AllScenarios.List.FirstOrDefault(scenario => string.Equals(scenario.Name, name, StringComparison.Ordinal))
            ?? throw new BenchException($"there is no scenario {name}; --list names them"))];
    }

    private static JsonObject Machine() => new()
    {
        ["at"] = DateTimeOffset.UtcNow.ToString("u", System.Globalization.CultureInfo.InvariantCulture),
        ["processors"] = Environment.ProcessorCount,
        ["dotnet"] = Environment.Version.ToString(),
        ["system"] = RuntimeInformation.OSDescription,
    };
}
