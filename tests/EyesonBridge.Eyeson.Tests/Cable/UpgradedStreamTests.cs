using System.IO.Pipelines;
using System.Text;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Tests.Peer;

namespace EyesonBridge.Eyeson.Tests.Cable;

/// <summary>Whoever reads the head of the response gets that alone, and the WebSocket gets all that comes behind it.</summary>
public sealed class UpgradedStreamTests
{
    private const string Head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";

    private readonly Pipe _pipe = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Head, 1)]
    [InlineData(Head, 2)]
    [InlineData(Head, 3)]
    [InlineData(Head, 1000)]
    [InlineData("HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n\n", 1)]
    [InlineData("HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n\n", 1000)]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + Head, 1)]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + Head, 1000)]
    public async Task ReadAsync_HeadAndMoreInPieces_GivesTheHeadFirstAndThenTheRest(string head, int piece)
    {
        await using var upgrading = Open();
        foreach (var part in Encoding.ASCII.GetBytes(head + "frames\r\n\r\nmore").Chunk(piece))
            await _pipe.Writer.WriteAsync(part, Cancelled);
        await _pipe.Writer.CompleteAsync();

        Assert.Equal(head, await ReadAsync(upgrading, head.Length, bufferSize: 4096));
        await using var stream = upgrading.Detach();
        Assert.Equal("frames\r\n\r\nmore", await ReadAsync(stream, head.Length, bufferSize: 4096));
    }

    [Fact]
    public async Task ReadAsync_SmallPiecesAfterTheHead_ReadsAhead()
    {
        await using var stream = await UpgradeAsync(Head);
        await _pipe.Writer.WriteAsync("abcdef"u8.ToArray(), Cancelled);

        Assert.Equal("ab", await ReadAsync(stream, 2, bufferSize: 2));
        Assert.False(_pipe.Reader.TryRead(out _)); // the rest is here already
        Assert.Equal("cdef", await ReadAsync(stream, 4, bufferSize: 3));
    }

    [Fact]
    public async Task ReadAsync_EmptyBufferAfterTheHead_WaitsUntilSomethingCame()
    {
        await using var stream = await UpgradeAsync(Head);

        var wait = stream.ReadAsync(Memory<byte>.Empty, Cancelled).AsTask();
        Assert.False(wait.IsCompleted);
        await _pipe.Writer.WriteAsync("abc"u8.ToArray(), Cancelled);

        Assert.Equal(0, await wait);
        Assert.Equal("a", await ReadAsync(stream, 1, bufferSize: 1));
        Assert.True(stream.ReadAsync(Memory<byte>.Empty, Cancelled).AsTask().IsCompletedSuccessfully); // more is here
        Assert.Equal("bc", await ReadAsync(stream, 2, bufferSize: 2));
    }

    [Fact]
    public async Task ReadAsync_ConnectionThatEnds_SaysSo()
    {
        await using var stream = await UpgradeAsync(Head + "a");
        await _pipe.Writer.CompleteAsync();

        Assert.Equal("a", await ReadAsync(stream, 1, bufferSize: 2));
        Assert.Equal(0, await stream.ReadAsync(new byte[2], Cancelled));
        Assert.Equal(0, await stream.ReadAsync(new byte[2], Cancelled));
    }

    [Fact]
    public async Task ReadAsync_ResponseThatIsNoUpgrade_GivesItsBodyToo()
    {
        await using var refused = Open();
        await _pipe.Writer.WriteAsync("HTTP/1.1 404 Not Found\r\n\r\nno such"u8.ToArray(), Cancelled);
        await ReadAsync(refused, 26, bufferSize: 4096);
        await _pipe.Writer.WriteAsync(" room"u8.ToArray(), Cancelled);

        Assert.Equal("no such room", await ReadAsync(refused, 12, bufferSize: 5));
    }

    [Fact]
    public async Task Dispose_AfterItWasDetached_LeavesTheConnectionToTheOther()
    {
        var upgrading = Open();
        await using var stream = upgrading.Detach();

        await upgrading.DisposeAsync();
        await _pipe.Writer.WriteAsync("a"u8.ToArray(), Cancelled);

        Assert.Equal("a", await ReadAsync(stream, 1, bufferSize: 1));
        await stream.DisposeAsync();
        Assert.True((await _pipe.Writer.FlushAsync(Cancelled)).IsCompleted); // its reader is gone
    }

    private UpgradingStream Open() => new(new IncomingStream(_pipe.Reader));

    /// <summary>A stream whose head was read, with what came with it.</summary>
    private async Task<UpgradedStream> UpgradeAsync(string headAndMore)
    {
        var upgrading = Open();
        await _pipe.Writer.WriteAsync(Encoding.ASCII.GetBytes(headAndMore), Cancelled);
        await ReadAsync(upgrading, Head.Length, bufferSize: 4096);
        return upgrading.Detach();
    }

    private static async Task<string> ReadAsync(Stream stream, int count, int bufferSize)
    {
        var text = new StringBuilder();
        var buffer = new byte[bufferSize];
        while (text.Length < count && await stream.ReadAsync(buffer, Cancelled) is > 0 and var read)
            text.Append(Encoding.ASCII.GetString(buffer, 0, read));
        return text.ToString();
    }
}
