using System.Diagnostics;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq.Brokers;

namespace EyesonBridge.Integration.Tests.Harness;

public sealed class PackageBrokerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The shell stands for a test process that is killed: it holds the launcher's standard input.</summary>
    [Fact]
    public async Task OwnerKilled_Running_LeavesNoProcessAndNoFolder()
    {
        Assert.SkipUnless(await BrokerChoice.OfThisProcess.PrivateAsync() is BrokerKind.Package, "brokers do not come from the package here");
        const string Owner = """
            coproc LAUNCHER { exec "$1" run package; }
            read -r line <&"${LAUNCHER[0]}"
            echo "$line"
            read -r line
            """;
        await using var owner = AttachedProcess.Start("bash", ["-c", Owner, "owner", RepositoryRoot.PathTo("scripts", "lib", "rabbitmq")]);
        var ready = await owner.ReadLineAsync(Cancellation);
        var broker = int.Parse(ready.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
        var processes = ProcessTree.From(owner.Id);
        var folder = PackageBroker.FolderOf(broker);
        Assert.Contains(broker, processes);
        Assert.True(Directory.Exists(folder));

        using (var process = Process.GetProcessById(owner.Id))
            process.Kill();

        await ProcessTree.WhenGoneAsync(processes, Cancellation);
        Assert.False(Directory.Exists(folder));
    }
}
