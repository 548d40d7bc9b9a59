using System.Diagnostics;
using EyesonBridge.Testing.Postgres;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;
using EyesonBridge.Testing.Servers;

namespace EyesonBridge.Integration.Tests.Harness;

public sealed class PackageServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The shell stands for a test process that is killed: it holds the launcher's standard input.</summary>
    [Theory]
    [InlineData("rabbitmq")]
    [InlineData("postgres")]
    public async Task OwnerKilled_Running_LeavesNoProcessAndNoFolder(string script)
    {
        var choice = script is "rabbitmq" ? RabbitMqServer.Choice : PostgresServer.Choice;
        Assert.SkipUnless(await choice.PrivateAsync() is ServerOrigin.Package, "servers do not come from the package here");
        const string Owner = """
            coproc LAUNCHER { exec "$1" run package; }
            read -r line <&"${LAUNCHER[0]}"
            echo "$line"
            read -r line
            """;
        await using var owner = AttachedProcess.Start("bash", ["-c", Owner, "owner", RepositoryRoot.PathTo("scripts", "lib", script)]);
        var ready = await owner.ReadLineAsync(Cancellation);
        var server = int.Parse(ready.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
        var processes = ProcessTree.From(owner.Id);
        var folder = PackageServer.FolderOf(server);
        Assert.Contains(server, processes);
        Assert.True(Directory.Exists(folder));

        using (var process = Process.GetProcessById(owner.Id))
            process.Kill();

        await ProcessTree.WhenGoneAsync(processes, Cancellation);
        Assert.False(Directory.Exists(folder));
    }
}
