using EyesonBridge.Bus;
using EyesonBridge.Testing.Network;
using EyesonBridge.Testing.RabbitMq;
using RabbitMQ.Client;

namespace EyesonBridge.Integration.Tests.Publishing;

/// <summary>What a connection for events tells those who share it.</summary>
public sealed class PublishConnectionTests(PrivateRabbitMqFixture rabbit) : IClassFixture<PrivateRabbitMqFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An event that went out meanwhile could have a broker that is short of memory not answer the opening.</summary>
    [Fact]
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
}
