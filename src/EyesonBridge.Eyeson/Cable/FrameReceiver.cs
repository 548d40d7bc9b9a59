using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>
/// Puts the fragments of a message together. Waits with an empty buffer and rents one only when data is there, so an
/// idle socket holds no memory. A message over the limit is read to its end, and its rest thrown away.
/// </summary>
internal sealed class FrameReceiver(WebSocket socket, int maxBytes, CableDeadlines deadlines, TimeProvider clock)
{
    private const int FirstBuffer = 4096;
    private byte[] _buffer = [];

    /// <summary>When all that had come was last read: since then frames may lie unread. Null before the first wait.</summary>
    public DateTimeOffset? CaughtUpAt { get; private set; }

    /// <summary>The next message, or a close frame. Its bytes are valid until <see cref="Release"/>.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // a ping leaves no garbage
    public async ValueTask<ReceivedFrame> ReceiveAsync()
    {
        var next = socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
        if (!next.IsCompleted)
            CaughtUpAt = clock.GetUtcNow();

        var result = await next;
        deadlines.FrameArrived();

        var length = 0;
        var cut = false;
        while (result.MessageType != WebSocketMessageType.Close && !result.EndOfMessage)
        {
            if (length == _buffer.Length)
                Grow(length);

            result = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
            deadlines.FrameArrived();
            length += result.Count;
            if (length > maxBytes)
            {
                length = maxBytes;
                cut = true;
            }
        }

        return new ReceivedFrame(_buffer.AsMemory(0, length), result.MessageType == WebSocketMessageType.Close, cut);
    }

    public void Release()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Grow(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBuffer, length * 2));
        _buffer.AsSpan(0, length).CopyTo(larger);
        Release();
        _buffer = larger;
    }
}
