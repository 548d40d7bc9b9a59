using System.IO.Pipelines;
using System.Net.WebSockets;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Tests.Peer;
using EyesonBridge.Testing;

namespace EyesonBridge.Eyeson.Tests.Cable;

/// <summary>When reading has caught up with what was sent.</summary>
public sealed class FrameReceiverTests
{
    [Fact]
    public async Task ReceiveAsync_FramesThatHaveComeMeanwhile_LeavesWhenItLastHadCaughtUp()
    {
        var clock = new ManualTimeProvider();
        var pipe = new Pipe();
        await using var incoming = new IncomingStream(pipe.Reader);
        using var socket = WebSocket.CreateFromStream(incoming, new WebSocketCreationOptions());
        var receiver = new FrameReceiver(socket, maxBytes: 1_000, new CableDeadlines(new CableOptions(), clock), clock);
        var caughtUp = clock.GetUtcNow();

        var first = receiver.ReceiveAsync(); // waits: nothing has come
        clock.Advance(TimeSpan.FromMinutes(1));
        await pipe.Writer.WriteAsync(TwoFrames, TestContext.Current.CancellationToken);
        await first;
        receiver.Release();
        var second = receiver.ReceiveAsync(); // lay there for a while
        Assert.Equal(caughtUp, receiver.CaughtUpAt);
        await second;
        receiver.Release();
        var third = receiver.ReceiveAsync(); // waits again
        Assert.Equal(caughtUp + TimeSpan.FromMinutes(1), receiver.CaughtUpAt);

        await pipe.Writer.CompleteAsync();
        await Assert.ThrowsAsync<WebSocketException>(async () => await third);
    }

    /// <summary>Two text frames as a server sends them, <c>a</c> and <c>b</c> (RFC 6455, section 5.2).</summary>
    private static ReadOnlyMemory<byte> TwoFrames => new byte[] { 0x81, 1, (byte)'a', 0x81, 1, (byte)'b' };
}
