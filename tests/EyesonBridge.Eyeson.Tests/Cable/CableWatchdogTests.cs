using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Tests.Peer;
using EyesonBridge.Testing;

namespace EyesonBridge.Eyeson.Tests.Cable;

public sealed class CableWatchdogTests
{
    private const int Rooms = 500;

    [Fact]
    public async Task RunAsync_FiveHundredConnections_ShareOneTimerAndAllEndWhenSilent()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Subscribed().Hang());
        using var cable = new CableFixture();
        var runs = Enumerable.Range(0, Rooms).Select(_ => cable.RunAsync(peer)).ToList();
        for (var i = 0; i < Rooms * 2; i++)
            await cable.Listener.NextAsync();

        Assert.Equal(Rooms, cable.Client.Connections);
        Assert.Equal(1, cable.Clock.ArmedTimers);
        var endings = await cable.Clock.AdvanceUntilAsync(Task.WhenAll(runs));

        Assert.All(endings, ending => Assert.Equal(CableEndingKind.Silent, ending.Kind));
        Assert.Equal(0, cable.Client.Connections);
    }
}
