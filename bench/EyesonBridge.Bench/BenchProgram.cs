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
        var results = await new Runner(new Lab(tools, broker, arguments.IsShort), arguments.Rounds).RunAsync(scenarios, cancellationToken);
        var markdown = string.Join('\n', results.Select(result => MarkdownTable.Of(result.Scenario, result.Figures)));
        await File.WriteAllTextAsync(Path.Combine(tools.Results, "results.json"), ResultsJson.Of(Machine(), results), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(tools.Results, "results.md"), markdown, cancellationToken);
        await Console.Out.WriteLineAsync(markdown);
        return results.Any(result => result.Figures.Failures.Count > 0) ? 1 : 0;
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
