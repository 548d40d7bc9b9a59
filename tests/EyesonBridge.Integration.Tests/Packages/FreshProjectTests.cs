using System.Text.RegularExpressions;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Packages;

/// <summary>The packages in a project that has nothing else of ours, made of what their READMEs show.</summary>
[Collection(PackagesGroup.Name)]
public sealed partial class FreshProjectTests(PackagesFixture packages, RabbitMqFixture rabbit)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FreshProject_OfThePackages_WorksWithTheBridge()
    {
        var controlQueue = RabbitMqServer.UniqueName("fresh");
        var program = await BuildAsync(controlQueue);
        var room = RabbitMqServer.UniqueName("fresh");
        await using var fresh = AttachedProcess.Start(DotnetCommand.Program, [program, rabbit.Url.ToString(), room]);
        var eyeson = new Uri(await fresh.ReadLineAsync(Cancellation));
        using var environment = new WorkerEnvironment(eyeson, "demo-key", rabbit.Url);
        environment.Settings["Bus__ControlQueue"] = controlQueue;
        await using var bridge = await environment.StartReadyAsync(Cancellation);

        await fresh.WriteLineAsync("the bridge is ready", Cancellation);

        HashSet<string> expected = new([$"{room}: Alice joined", $"{room}: Alice left", "Alice joined", "the meeting is over"], StringComparer.Ordinal);
        while (expected.Count > 0)
            expected.Remove(await fresh.ReadLineAsync(Cancellation));
        await fresh.WriteLineAsync("enough", Cancellation);
    }

    private async Task<string> BuildAsync(string controlQueue)
    {
        var folder = packages.NewFolder("fresh");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Packages", "FreshProject")))
        {
            var text = await File.ReadAllTextAsync(file, Cancellation);
            await File.WriteAllTextAsync(Path.Combine(folder, Path.GetFileName(file)), text.Replace("VERSION", packages.Version, StringComparison.Ordinal), Cancellation);
        }

        var attendance = Examples("EyesonBridge.Contracts")[0].Replace("exchange:eyeson-bridge-control", $"exchange:{controlQueue}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, "Attendance.cs"), attendance, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "EventPrinter.cs"), Examples("EyesonBridge.Eyeson")[0], Cancellation);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "Simulated.cs"),
            $$"""
            using EyesonBridge.Simulator;

            internal static class Simulated
            {
                public static async Task CompilesAsync(CancellationToken cancellationToken)
                {
                    {{string.Join('\n', Examples("EyesonBridge.Simulator"))}}
                }
            }
            """,
            Cancellation);
        await DotnetCommand.RunAsync(
            folder,
            [
                "build", "--output", "out", "-verbosity:quiet", "-p:UseSharedCompilation=false",
                $"-p:RestorePackagesPath={packages.NewFolder("restored")}", $"-p:RestoreFallbackFolders={RestoredHere()}",
            ],
            Cancellation);
        return Path.Combine(folder, "out", "Fresh.dll");
    }

    /// <summary>Where the packages of others are that this build was restored with: they need not come again.</summary>
    private static string RestoredHere() => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } packages
        ? packages
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>The code in the README of a package.</summary>
    private List<string> Examples(string id)
    {
        using var package = packages.Open(id);
        return [.. Code().Matches(package.Read("README.md").Replace("\r", "", StringComparison.Ordinal)).Select(match => match.Groups["code"].Value)];
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
