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

    [Theory(Timeout = 30_000)]
    [InlineData(20)]
    [InlineData(350)]
    [InlineData(999)]
    public async Task RunAsync_LastFrameAtAnyMoment_SilenceIsNoticedAfterItsTimeAndNotASweepLater(int milliseconds)
    {
        var isTime = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var peer = await ScriptedPeer.StartAsync(
            new PeerScript().Subscribed().WaitFor(isTime.Task).Send("""{"type":"ping","message":1}""").Hang());
        using var cable = new CableFixture();
        var run = cable.RunAsync(peer);
        await cable.Listener.NextAsync();
        await cable.Listener.NextAsync();
        cable.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
        isTime.SetResult();
        while (cable.Client.LongestSilence > TimeSpan.Zero) // until the ping is read
            await Task.Yield();

        cable.Clock.Advance(new CableOptions().SilenceTimeout - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, cable.Client.Connections);
        cable.Clock.Advance(TimeSpan.FromMilliseconds(51));

        Assert.Equal(CableEndingKind.Silent, (await run).Kind);
        Assert.Equal(1, cable.Clock.ArmedTimers);
    }
}
