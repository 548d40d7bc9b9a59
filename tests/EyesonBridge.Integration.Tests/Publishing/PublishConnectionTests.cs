using EyesonBridge.Bus;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Network;
using EyesonBridge.Testing.RabbitMq;
using RabbitMQ.Client;

namespace EyesonBridge.Integration.Tests.Publishing;

/// <summary>What a connection for events tells those who share it.</summary>
public sealed class PublishConnectionTests(PrivateRabbitMqFixture rabbit) : IClassFixture<PrivateRabbitMqFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An event that went out meanwhile could have a broker that is short of memory not answer the opening.</summary>
    [Fact(Timeout = 300_000)]
    public async Task WhenOpenedAsync_ChannelIsBeingOpened_WaitsForThat()
    {
        var broker = await rabbit.Server.CreateVirtualHostAsync(RabbitMqServer.UniqueName("opening"), Cancellation);
        await using var relay = new TcpRelay(broker.Host, broker.Port);
        var connection = new PublishConnection(TimeProvider.System);
        await connection.OpenAsync(
            new ConnectionFactory { Uri = new UriBuilder(broker) { Host = "127.0.0.1", Port = relay.Port }.Uri, AutomaticRecoveryEnabled = false }, Cancellation);
        await using var first = await connection.OpenChannelAsync(channel: null, TimeSpan.FromMinutes(1), Cancellation);
        Assert.True(connection.WhenOpenedAsync(Cancellation).AsTask().IsCompletedSuccessfully);

        relay.Cut();
        using var giveUp = new CancellationTokenSource();
        var opening = connection.OpenChannelAsync(channel: null, TimeSpan.FromMinutes(1), giveUp.Token);
        var opened = connection.WhenOpenedAsync(Cancellation).AsTask();

        Assert.False(opened.IsCompleted);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        await opened;
        connection.Cut();
        Assert.False(connection.IsOpen);
    }

    /// <summary>The broker reads nothing after the event, and says so only after the opening has begun.</summary>
    [Fact(Timeout = 300_000)]
    public async Task OpenChannelAsync_BrokerBlocksTheConnectionMeanwhile_WaitsUntilItReadsAgain()
    {
        var within = TimeSpan.FromSeconds(10);
        var time = new ManualTimeProvider();
        var broker = await rabbit.Server.CreateVirtualHostAsync(RabbitMqServer.UniqueName("blocked"), Cancellation);
        var answers = new AnswerGate();
        await using var relay = new TcpRelay(broker.Host, broker.Port, () => answers);
        var connection = new PublishConnection(time);
        await connection.OpenAsync(
            new ConnectionFactory { Uri = new UriBuilder(broker) { Host = "127.0.0.1", Port = relay.Port }.Uri, AutomaticRecoveryEnabled = false }, Cancellation);
        var isBlocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Client.ConnectionBlockedAsync += (_, _) =>
        {
            isBlocked.SetResult();
            return Task.CompletedTask;
        };
        await using var first = await connection.OpenChannelAsync(channel: null, within, Cancellation);
        await rabbit.Server.LimitMemoryAsync("0.0001", Cancellation);
        try
        {
            answers.Close();
            await first.BasicPublishAsync("", "nobody", "an event"u8.ToArray(), Cancellation);
            var opening = connection.OpenChannelAsync(channel: null, within, Cancellation);
            await time.WhenArmedForAsync(within, Cancellation);
            answers.Open();
            await isBlocked.Task.WaitAsync(Cancellation);
            time.Advance(within * 3);
            Assert.False(opening.IsCompleted);

            await rabbit.Server.LimitMemoryAsync("0.6", Cancellation);
            await using var second = await opening;
            Assert.Equal((true, within), (second.IsOpen, second.ContinuationTimeout));
        }
        finally
        {
            await rabbit.Server.LimitMemoryAsync("0.6", Cancellation);
        }

        await connection.CloseAsync();
    }

    /// <summary>A broker that never answers.</summary>
    [Fact(Timeout = 300_000)]
    public async Task OpenChannelAsync_NoAnswer_GivesUpInTime()
    {
        var within = TimeSpan.FromSeconds(10);
        var time = new ManualTimeProvider();
        var broker = await rabbit.Server.CreateVirtualHostAsync(RabbitMqServer.UniqueName("mute"), Cancellation);
        await using var relay = new TcpRelay(broker.Host, broker.Port);
        var connection = new PublishConnection(time);
        await connection.OpenAsync(
            new ConnectionFactory { Uri = new UriBuilder(broker) { Host = "127.0.0.1", Port = relay.Port }.Uri, AutomaticRecoveryEnabled = false }, Cancellation);
        relay.Cut();

        var opening = connection.OpenChannelAsync(channel: null, within, Cancellation);
        await time.WhenArmedForAsync(within, Cancellation);
        Assert.False(opening.IsCompleted);
        time.Advance(within);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        connection.Cut();
    }
}
