using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Tests.Peer;

namespace EyesonBridge.Eyeson.Tests.Cable;

/// <summary>Slow and faulty listeners.</summary>
public sealed class CableListenerTests
{
    [Fact]
    public async Task RunAsync_ListenerBusyForAMinute_IsNotSilence()
    {
        var release = new TaskCompletionSource();
        await using var peer = await ScriptedPeer.StartAsync(
            new PeerScript().Subscribed().Send(PeerScript.Message("1")).Send(PeerScript.Message("2")).Close().ExpectClose());
        using var cable = new CableFixture { Listener = new() { OnHeard = what => what is "message 1" ? release.Task : Task.CompletedTask } };
        var run = cable.RunAsync(peer);
        while (await cable.Listener.NextAsync() is not "message 1")
        {
        }

        cable.Clock.Advance(TimeSpan.FromMinutes(1));
        release.SetResult();

        Assert.Equal(CableEndingKind.Closed, (await run).Kind);
        Assert.Equal(["message 2"], cable.Listener.Rest());
    }

    [Fact]
    public async Task RunAsync_ListenerBusyBeforeTheConfirmation_IsNoTimeout()
    {
        var release = new TaskCompletionSource();
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Welcome().Expect(PeerScript.Subscribe)
            .Send(PeerScript.Message("1")).Send(PeerScript.Confirmation).Close().ExpectClose());
        using var cable = new CableFixture { Listener = new() { OnHeard = what => what is "message 1" ? release.Task : Task.CompletedTask } };
        var run = cable.RunAsync(peer);
        while (await cable.Listener.NextAsync() is not "message 1")
        {
        }

        cable.Clock.Advance(TimeSpan.FromMinutes(1));
        release.SetResult();

        var ending = await run;
        Assert.Equal((CableEndingKind.Closed, true), (ending.Kind, ending.Subscribed));
    }

    [Theory]
    [InlineData("message 1")]
    [InlineData("unreadable nonsense")]
    public async Task RunAsync_ListenerWantsNoMore_ClosesTheSocketAndSaysSo(string last)
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript()
            .Subscribed().Send(last is "message 1" ? PeerScript.Message("1") : "nonsense").Send(PeerScript.Message("2")).ExpectClose().Close());
        using var cable = new CableFixture { Listener = new() { StopAfter = last } };

        var ending = await cable.RunAsync(peer);

        await peer.ScriptsDoneAsync();
        Assert.Equal((CableEndingKind.Finished, true), (ending.Kind, ending.Subscribed));
        Assert.Equal(["welcome", "subscribed", last], cable.Listener.Rest()); // what comes after it is not heard
    }

    [Fact]
    public async Task RunAsync_ListenerThrows_ClosesTheSocketAndThrowsIt()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Subscribed().Send(PeerScript.Message("1")).ExpectClose().Close());
        using var cable = new CableFixture
        {
            Listener = new() { OnHeard = what => what is "message 1" ? throw new FormatException("of the listener") : Task.CompletedTask },
        };

        var error = await Assert.ThrowsAsync<FormatException>(() => cable.RunAsync(peer));

        Assert.Equal("of the listener", error.Message);
        await peer.ScriptsDoneAsync();
        Assert.Equal(0, cable.Client.Connections);
    }

    [Fact]
    public async Task RunAsync_ListenerCancelledByTheStop_IsStopped()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Subscribed().Send(PeerScript.Message("1")).ExpectClose().Close());
        using var stop = new CancellationTokenSource();
        using var cable = new CableFixture
        {
            Listener = new() { OnHeard = what => what is "message 1" ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token) : Task.CompletedTask },
        };
        var run = cable.Client.Connect(CableFixture.Target(peer.Url)).RunAsync(cable.Listener, stop.Token);
        while (await cable.Listener.NextAsync() is not "message 1")
        {
        }

        await stop.CancelAsync();

        var ending = await run;
        Assert.Equal((CableEndingKind.Stopped, true), (ending.Kind, ending.Subscribed));
        await peer.ScriptsDoneAsync();
    }

    [Fact]
    public async Task RunAsync_MessagesAfterTheStop_AreNotDelivered()
    {
        await using var peer = await ScriptedPeer.StartAsync(
            new PeerScript().Subscribed().ExpectClose().Send(PeerScript.Message("1")).Close());
        using var cable = new CableFixture();
        var run = cable.RunAsync(peer);
        await cable.Listener.NextAsync();
        await cable.Listener.NextAsync();

        await cable.Stop.CancelAsync();

        Assert.Equal(CableEndingKind.Stopped, (await run).Kind);
        Assert.Empty(cable.Listener.Rest());
    }

    [Fact]
    public async Task RunAsync_Twice_ConnectsTwice()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Subscribed().Close().ExpectClose());
        using var cable = new CableFixture();
        var connection = cable.Client.Connect(CableFixture.Target(peer.Url));

        await connection.RunAsync(cable.Listener, cable.Stop.Token);
        var second = await connection.RunAsync(cable.Listener, cable.Stop.Token);

        Assert.Equal((CableEndingKind.Closed, true), (second.Kind, second.Subscribed));
        Assert.Equal(2, peer.Requests.Count);
    }
}
