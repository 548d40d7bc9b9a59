using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using EyesonBridge.Schemas;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Tests.Schemas;

/// <summary>What AsyncAPI's own parser says of docs/contracts/asyncapi.json.</summary>
public sealed class AsyncApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Parser_OfTheCommittedDocument_FindsEverythingAndNothingWrong()
    {
        var parsed = await ParseAsync();

        Assert.Empty(parsed["diagnostics"]!.AsArray().Where(found => (int)found!["severity"]! < 2).Select(found => found!.ToJsonString())); // errors and warnings
        var subscribable = ContractCatalog.Interfaces.Concat(ContractCatalog.Events).Select(type => type.Name).ToList();
        Assert.Equal(Sorted([.. subscribable, "control", "answers"]), Sorted(Names(parsed["channels"])));
        Assert.Equal(
            Sorted([.. subscribable.Select(name => $"publish{name}"), .. ContractCatalog.Commands.Select(type => $"receive{type.Name}")]),
            Sorted(Names(parsed["operations"])));
        Assert.Equal(
            Sorted(ContractCatalog.Events.Concat(ContractCatalog.Commands).Concat(ContractCatalog.AnswerTypes).Select(type => type.Name)),
            Sorted(Names(parsed["messages"])));
    }

    private static IEnumerable<string> Names(JsonNode? array) => array!.AsArray().Select(name => (string)name!);

    private static IOrderedEnumerable<string> Sorted(IEnumerable<string> names) => names.Order(StringComparer.Ordinal);

    private static async Task<JsonNode> ParseAsync()
    {
        var checks = RepositoryRoot.PathTo("tests", "schema-checks");
        if (!Directory.Exists(Path.Combine(checks, "node_modules")))
            throw MissingTool.Error("What tests/schema-checks needs from npm");

        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("node", [Path.Combine(checks, "parse.mjs"), RepositoryRoot.PathTo("docs", "contracts", "asyncapi.json")])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            throw MissingTool.Error("node", missing);
        }

        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var errors = process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.ExitCode == 0, await errors);
        return JsonNode.Parse(await output)!;
    }
}
