using System.Net;
using System.Net.Sockets;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Tests.Peer;
using EyesonBridge.Testing;

namespace EyesonBridge.Eyeson.Tests.Cable;

/// <summary>Every way in which a connection can end.</summary>
public sealed class CableEndingTests
{
    [Fact]
    public async Task RunAsync_StoppedWhileSubscribed_ClosesPolitely()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Subscribed().ExpectClose().Close());
        using var cable = new CableFixture();
        var run = cable.RunAsync(peer);
        await cable.Listener.NextAsync();
        Assert.Equal("subscribed", await cable.Listener.NextAsync());

        await cable.Stop.CancelAsync();
        var ending = await run;

        Assert.Equal((CableEndingKind.Stopped, true, true), (ending.Kind, ending.Welcomed, ending.Subscribed));
        await peer.ScriptsDoneAsync();
        Assert.Equal(0, cable.Client.Connections);
    }

    [Fact]
    public async Task RunAsync_StoppedAndPeerDoesNotAnswer_AbortsAfterTheCloseTimeout()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Subscribed().ExpectClose().Hang());
        using var cable = new CableFixture();
        var run = cable.RunAsync(peer);
        await cable.Listener.NextAsync();
        await cable.Listener.NextAsync();
        await cable.Stop.CancelAsync();
        var stopped = cable.Clock.GetUtcNow();

        cable.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(run.IsCompleted);
        var ending = await cable.Clock.AdvanceUntilAsync(run);

        Assert.Equal(CableEndingKind.Stopped, ending.Kind);
        Assert.True(cable.Clock.GetUtcNow() >= stopped.AddSeconds(2));
    }

    [Fact]
    public async Task RunAsync_StoppedBefore_DoesNotConnect()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript());
        using var cable = new CableFixture();
        await cable.Stop.CancelAsync();

        Assert.Equal(CableEndingKind.Stopped, (await cable.RunAsync(peer)).Kind);
        Assert.Empty(peer.Requests);
    }

    [Fact]
    public async Task RunAsync_StoppedWhileConnecting_GivesUp()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var cable = new CableFixture();
        var run = cable.RunAsync(CableFixture.Target(UrlOf(silent)));
        using var accepted = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);

        await cable.Stop.CancelAsync();

        Assert.Equal(CableEndingKind.Stopped, (await run).Kind);
    }

    [Fact]
    public async Task RunAsync_ClientDisposed_StopsAtOnce()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Subscribed().Hang());
        using var cable = new CableFixture();
        var run = cable.RunAsync(peer);
        await cable.Listener.NextAsync();

        cable.Client.Dispose();

        Assert.Equal(CableEndingKind.Stopped, (await run).Kind);
    }

    [Theory]
    [InlineData("""{"type":"disconnect","reason":"unauthorized","reconnect":false}""", "unauthorized", false)]
    [InlineData("""{"type":"disconnect","reason":"server_restart","reconnect":true}""", "server_restart", true)]
    [InlineData("""{"type":"disconnect","reason":null}""", null, null)]
    [InlineData("""{"type":"disconnect"}""", null, null)]
    public async Task RunAsync_DisconnectMessage_GivesReasonAndReconnect(string json, string? reason, bool? reconnect)
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Send(json).Close().ExpectClose());
        using var cable = new CableFixture();

        var ending = await cable.RunAsync(peer);

        Assert.Equal(CableEndingKind.Disconnected, ending.Kind);
        Assert.Equal((reason, reconnect), (ending.Reason, ending.Reconnect));
        Assert.False(ending.Welcomed);
        await peer.ScriptsDoneAsync();
        Assert.Empty(cable.Listener.Rest());
    }

    [Fact]
    public async Task RunAsync_DisconnectWithoutClose_EndsAfterTheCloseTimeout()
    {
        var closing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var peer = await ScriptedPeer.StartAsync(
            new PeerScript().Subscribed().Send("""{"type":"disconnect","reason":"remote","reconnect":true}""").ExpectClose().Signal(closing).Hang());
        using var cable = new CableFixture();

        var run = cable.RunAsync(peer);
        await closing.Task.WaitAsync(TestContext.Current.CancellationToken); // else the clock passes the silence time-out first
        var ending = await cable.Clock.AdvanceUntilAsync(run);

        Assert.Equal((CableEndingKind.Disconnected, "remote"), (ending.Kind, ending.Reason));
        Assert.True(ending.Subscribed);
    }

    [Fact]
    public async Task RunAsync_DisconnectReadLate_WasHeardUntilTheFrameBefore()
    {
        var later = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Subscribed().Send(PeerScript.Message("1"))
            .WaitFor(later.Task).Send("""{"type":"disconnect","reason":"server_restart","reconnect":true}""").Close().ExpectClose());
        using var cable = new CableFixture();
        var run = cable.RunAsync(peer);
        while (await cable.Listener.NextAsync() is not "message 1")
        {
        }

        var heard = cable.Clock.GetUtcNow();
        cable.Clock.Advance(TimeSpan.FromSeconds(5));
        later.SetResult();

        Assert.Equal(heard, (await run).LastFrameAt);
    }

    [Fact]
    public async Task RunAsync_CloseFrame_IsAnsweredAndItsCodeKept()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Subscribed().Close().ExpectClose());
        using var cable = new CableFixture();

        var ending = await cable.RunAsync(peer);

        Assert.Equal((CableEndingKind.Closed, 1000), (ending.Kind, ending.CloseCode));
        await peer.ScriptsDoneAsync();
    }

    [Fact]
    public async Task RunAsync_TcpReset_IsReset()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Subscribed().Reset());
        using var cable = new CableFixture();

        var ending = await cable.RunAsync(peer);

        Assert.Equal((CableEndingKind.Reset, true), (ending.Kind, ending.Welcomed));
    }

    [Fact]
    public async Task RunAsync_FinWithoutClose_IsReset()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Subscribed().Drop().Hang());
        using var cable = new CableFixture();

        Assert.Equal(CableEndingKind.Reset, (await cable.RunAsync(peer)).Kind);
    }

    [Fact]
    public async Task RunAsync_NothingMoreComes_IsSilent()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Subscribed().Hang());
        using var cable = new CableFixture();
        var run = cable.RunAsync(peer);
        await cable.Listener.NextAsync();
        await cable.Listener.NextAsync();

        var ending = await cable.Clock.AdvanceUntilAsync(run);

        Assert.Equal((CableEndingKind.Silent, true), (ending.Kind, ending.Subscribed));
    }

    [Fact]
    public async Task RunAsync_NobodyListens_IsConnectFailed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = UrlOf(listener);
        listener.Stop();
        using var cable = new CableFixture();

        var ending = await cable.RunAsync(CableFixture.Target(url));

        Assert.Equal(CableEndingKind.ConnectFailed, ending.Kind);
        Assert.NotEmpty(ending.Detail);
    }

    [Fact]
    public async Task RunAsync_NoTls_IsConnectFailed()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript());
        using var cable = new CableFixture();

        Assert.Equal(CableEndingKind.ConnectFailed, (await cable.RunAsync(CableFixture.Target(new UriBuilder(peer.Url) { Scheme = "https" }.Uri))).Kind);
    }

    [Fact]
    public async Task RunAsync_NoAnswerToTheUpgrade_IsConnectFailedAfterTheTimeout()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var cable = new CableFixture();

        var started = cable.Clock.GetUtcNow();
        var ending = await cable.Clock.AdvanceUntilAsync(cable.RunAsync(CableFixture.Target(UrlOf(silent))));

        Assert.Equal(CableEndingKind.ConnectFailed, ending.Kind);
        Assert.True(cable.Clock.GetUtcNow() >= started.AddSeconds(10));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(302)]
    [InlineData(200)]
    [InlineData(503)]
    public async Task RunAsync_AnotherStatusThan101_IsUpgradeRefused(int status)
    {
        await using var peer = await ScriptedPeer.StartAsync(PeerScript.Refuse(status));
        using var cable = new CableFixture();

        var ending = await cable.RunAsync(peer);

        Assert.Equal((CableEndingKind.UpgradeRefused, status), (ending.Kind, ending.HttpStatus));
    }

    [Fact]
    public async Task RunAsync_NoWelcome_TimesOut()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Send("hello").Hang());
        using var cable = new CableFixture();
        var run = cable.RunAsync(peer);
        await cable.Listener.NextAsync();

        var ending = await cable.Clock.AdvanceUntilAsync(run);

        Assert.Equal((CableEndingKind.WelcomeTimedOut, false), (ending.Kind, ending.Welcomed));
    }

    [Fact]
    public async Task RunAsync_NoConfirmation_ResendsOnceAndTimesOut()
    {
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource<bool>();
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript()
            .Welcome().Expect(PeerScript.Subscribe).Signal(first)
            .Expect(PeerScript.Subscribe).Do(_ => Task.FromResult(second.TrySetResult(true)))
            .Do(async socket => await Assert.ThrowsAnyAsync<Exception>(socket.ReceiveAsync)));
        using var cable = new CableFixture();
        var run = cable.RunAsync(peer);
        await first.Task;
        var subscribed = cable.Clock.GetUtcNow();

        cable.Clock.Advance(TimeSpan.FromSeconds(6));
        await second.Task;
        Assert.False(run.IsCompleted);
        var ending = await cable.Clock.AdvanceUntilAsync(run);

        Assert.Equal((CableEndingKind.ConfirmTimedOut, true, false), (ending.Kind, ending.Welcomed, ending.Subscribed));
        Assert.True(cable.Clock.GetUtcNow() >= subscribed.AddSeconds(10));
        await peer.ScriptsDoneAsync();
    }

    [Fact]
    public async Task RunAsync_RejectedSubscription_SaysSo()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Welcome().Expect(PeerScript.Subscribe)
            .Send($$"""{"identifier":"{{PeerScript.Identifier}}","type":"reject_subscription"}""").ExpectClose().Close());
        using var cable = new CableFixture();

        var ending = await cable.RunAsync(peer);

        Assert.Equal((CableEndingKind.SubscriptionRejected, true, false), (ending.Kind, ending.Welcomed, ending.Subscribed));
        await peer.ScriptsDoneAsync();
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0x00 })] // reserved bits, unknown opcode
    [InlineData(new byte[] { 0x81, 0x81, 1, 2, 3, 4, 5 })] // a masked frame from a server
    [InlineData(new byte[] { 0x81, 0x02, 0xC3, 0x28 })] // text that is not UTF-8
    public async Task RunAsync_InvalidWebSocketFrame_IsAProtocolViolation(byte[] frame)
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Subscribed().SendRaw(frame).Hang());
        using var cable = new CableFixture();

        Assert.Equal(CableEndingKind.ProtocolViolation, (await cable.RunAsync(peer)).Kind);
    }

    [Fact]
    public async Task RunAsync_SubprotocolThatWasNotOffered_IsAProtocolViolationWithoutTheKey()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Choose("graphql-ws").Hang());
        using var cable = new CableFixture();

        var ending = await cable.RunAsync(CableFixture.Target(peer.Url) with { Authorization = CableAuthorization.Subprotocol });

        Assert.Equal(CableEndingKind.ProtocolViolation, ending.Kind);
        Assert.DoesNotContain(CableFixture.Key, ending.ToString(), StringComparison.Ordinal);
    }

    private static Uri UrlOf(TcpListener listener) => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
}
