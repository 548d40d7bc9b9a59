using System.Net;
using Docker.DotNet;
using DotNet.Testcontainers.Configurations;
using EyesonBridge.Testing.RabbitMq;
using EyesonBridge.Testing.RabbitMq.Brokers;
using EyesonBridge.Testing.Servers;
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
    public async Task Control_UnknownCommand_SaysThatItFailed()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => rabbit.Server.Broker.ControlAsync(["no_such_command"], Cancellation));

        Assert.Contains("no_such_command", failure.Message, StringComparison.Ordinal);
        Assert.Contains("failed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_EndsWithAnError_SaysThatItFailed()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => rabbit.Server.Broker.EvaluateAsync("ok = list_to_atom(lists:reverse(\"ko_ton\")).", Cancellation));

        Assert.Contains("could not be evaluated", failure.Message, StringComparison.Ordinal);
        Assert.Contains("failed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_Frozen_LeavesNothing()
    {
        var server = await RabbitMqServer.StartPrivateAsync(Cancellation);
        var assertGone = server.Broker is ContainerBroker container ? await WatchAsync(container) : Watch((PackageBroker)server.Broker);

        await server.PauseAsync(Cancellation);
        await server.DisposeAsync();

        await assertGone();
    }

    /// <returns>What finds that processes and folder are gone.</returns>
    private static Func<Task> Watch(PackageBroker broker)
    {
        var processes = ProcessTree.From(broker.LauncherId);
        var folder = PackageServer.FolderOf(broker.ProcessId);
        Assert.Contains(broker.ProcessId, processes);
        Assert.True(Directory.Exists(folder));
        return async () =>
        {
            await ProcessTree.WhenGoneAsync(processes, Cancellation);
            Assert.False(Directory.Exists(folder));
        };
    }

    /// <returns>What finds that container and volumes are gone.</returns>
    private static async Task<Func<Task>> WatchAsync(ContainerBroker broker)
    {
        var engine = TestcontainersSettings.OS.DockerEndpointAuthConfig.GetDockerClientBuilder(Guid.Empty).Build();
        var container = await engine.Containers.InspectContainerAsync(broker.Id, Cancellation);
        return async () =>
        {
            using (engine)
            {
                await AssertUnknownAsync(() => engine.Containers.InspectContainerAsync(container.ID, Cancellation));
                foreach (var volume in (container.Mounts ?? []).Where(mount => mount.Type is "volume"))
                    await AssertUnknownAsync(() => engine.Volumes.InspectAsync(volume.Name!, Cancellation));
            }
        };
    }

    private static async Task AssertUnknownAsync(Func<Task> inspect) =>
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAnyAsync<DockerApiException>(inspect)).StatusCode);

    private static Task<IConnection> ConnectAsync(RabbitMqServer server) =>
        new ConnectionFactory { Uri = server.Url, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(Cancellation);
}
