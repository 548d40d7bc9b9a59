using System.Net.Sockets;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Testing.Network;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Publishing;

/// <summary>A connection that is given up because the broker does not answer.</summary>
public sealed class SilentBrokerTests(PrivateRabbitMqFixture rabbit) : IClassFixture<PrivateRabbitMqFixture>
{
    private const int PublishingFailed = 4000;

    private readonly Lock _gate = new();
    private readonly List<Socket> _clients = [];
    private readonly TaskCompletionSource<bool> _second = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Else what is left of the first could be published among what goes over the second.</summary>
    [Fact]
    public async Task Publish_NothingIsConfirmed_ClosesTheConnectionBeforeItOpensTheNext()
    {
        var broker = await rabbit.Server.CreateVirtualHostAsync(RabbitMqServer.UniqueName("silent"), Cancellation);
        await using var events = await EventQueue.ReadAsync(broker, "IRoomEvent", Cancellation);
        await using var relay = new TcpRelay(broker.Host, broker.Port, accepted: Note);
        await using var publishing = await PublishingFixture.StartAsync(
            new UriBuilder(broker) { Host = "127.0.0.1", Port = relay.Port }.Uri, publishTimeout: TimeSpan.FromSeconds(1));
        await publishing.AppendAsync<ChatMessageSent>("room", 100);
        await events.WhenAsync(100, Cancellation);

        relay.Cut();
        await publishing.AppendAsync<ChatMessageSent>("room", 900);
        await publishing.Log.WhenAsync(PublishingFailed, 1);
        var wasClosed = await _second.Task.WaitAsync(Cancellation);
        relay.Heal();

        Assert.True(wasClosed, "the first connection was still open when the second came");
        await events.AssertAllInOrderAsync(rooms: 1, ofEach: 1_000, Cancellation);
        Assert.Equal(0, await publishing.StopAsync());
    }

    private void Note(Socket client)
    {
        lock (_gate)
        {
            if (_clients.Count == 1)
                _second.TrySetResult(IsClosed(_clients[0]));
            _clients.Add(client);
        }
    }

    private static bool IsClosed(Socket client)
    {
        try
        {
            return (int)client.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! != 0;
        }
        catch (ObjectDisposedException)
        {
            return true; // the relay has noticed
        }
    }
}
