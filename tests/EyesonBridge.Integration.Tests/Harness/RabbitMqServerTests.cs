using System.Diagnostics;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Integration.Tests.Harness;

public sealed class RabbitMqServerTests(PrivateRabbitMqFixture rabbit) : IClassFixture<PrivateRabbitMqFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Restart_AfterStopOrKill_IsUnreachableBetweenAndKeepsDurableMessages(bool kill)
    {
        var queue = RabbitMqServer.UniqueName("kept");
        await using (var before = await ConnectAsync(rabbit.Server))
        await using (var channel = await RabbitMqClient.CreateConfirmingChannelAsync(before, Cancellation))
        {
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancellation);
            await rabbit.Server.FlushDeclarationsAsync(Cancellation);
            await RabbitMqClient.PublishAsync(channel, queue, "still here", Cancellation);
        }

        await (kill ? rabbit.Server.KillAsync(Cancellation) : rabbit.Server.StopAsync(Cancellation));
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => ConnectAsync(rabbit.Server));
        await rabbit.Server.RestartAsync(Cancellation);

        await using var after = await ConnectAsync(rabbit.Server);
        await using var reader = await after.CreateChannelAsync(cancellationToken: Cancellation);
        Assert.Equal("still here", await RabbitMqClient.TakeAsync(reader, queue, Cancellation));
    }

    [Fact]
    public async Task Pause_Running_ConfirmComesOnlyAfterResume()
    {
        await using var connection = await ConnectAsync(rabbit.Server);
        await using var channel = await RabbitMqClient.CreateConfirmingChannelAsync(connection, Cancellation);
        var queue = await channel.QueueDeclareAsync(cancellationToken: Cancellation);

        await rabbit.Server.PauseAsync(Cancellation);
        var publish = RabbitMqClient.PublishAsync(channel, queue.QueueName, "late", Cancellation).AsTask();
        await Assert.ThrowsAsync<TimeoutException>(() => publish.WaitAsync(TimeSpan.FromSeconds(1), TimeProvider.System, Cancellation));

        await rabbit.Server.ResumeAsync(Cancellation);
        await publish;
    }

    [Fact]
    public async Task CreateVirtualHost_BadName_SaysThatItFailed()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => rabbit.Server.CreateVirtualHostAsync("not a name", Cancellation));

        Assert.Contains("failed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_Running_LeavesNoProcessAndNoFolder()
    {
        var server = await RabbitMqServer.StartPrivateAsync(Cancellation);
        var processes = ProcessTree.From(server.LauncherId);
        var folder = Folder(server.ProcessId);
        Assert.Contains(server.ProcessId, processes);
        Assert.True(Directory.Exists(folder));

        await server.DisposeAsync();

        await ProcessTree.WhenGoneAsync(processes, Cancellation);
        Assert.False(Directory.Exists(folder));
    }

    /// <summary>The shell stands for a test process that is killed: it holds the launcher's standard input.</summary>
    [Fact]
    public async Task OwnerKilled_Running_LeavesNoProcessAndNoFolder()
    {
        const string Owner = """
            coproc LAUNCHER { exec "$1" run; }
            read -r line <&"${LAUNCHER[0]}"
            echo "$line"
            read -r line
            """;
        await using var owner = AttachedProcess.Start("bash", ["-c", Owner, "owner", RepositoryRoot.PathTo("scripts", "lib", "rabbitmq")]);
        var ready = await owner.ReadLineAsync(Cancellation);
        var broker = int.Parse(ready.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
        var processes = ProcessTree.From(owner.Id);
        var folder = Folder(broker);
        Assert.Contains(broker, processes);
        Assert.True(Directory.Exists(folder));

        using (var process = Process.GetProcessById(owner.Id))
            process.Kill();

        await ProcessTree.WhenGoneAsync(processes, Cancellation);
        Assert.False(Directory.Exists(folder));
    }

    private static Task<IConnection> ConnectAsync(RabbitMqServer server) =>
        new ConnectionFactory { Uri = server.Url, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(Cancellation);

    private static string Folder(int brokerProcessId) =>
        new FileInfo($"/proc/{brokerProcessId}/cwd").LinkTarget ?? throw new InvalidOperationException("no such process");
}
