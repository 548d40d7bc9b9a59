using System.Buffers;
using System.Runtime.CompilerServices;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>
/// What lies below the frames of an upgraded connection. A WebSocket reads in small pieces, so this reads ahead while there is
/// something to read; it waits without a buffer.
/// </summary>
/// <param name="transport">The connection to the server, TLS included; disposed of with this stream.</param>
/// <param name="buffer">A buffer of the shared pool with what has come already.</param>
/// <param name="length">How much that is.</param>
internal sealed class UpgradedStream(Stream transport, byte[] buffer, int length) : TransportStream(transport)
{
    private const int ReadAhead = 8192;

    private byte[] _buffer = buffer;
    private int _start;
    private int _end = length;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_start < _end)
            return new(TakeBuffered(buffer.Span));
        return buffer.Length is 0 or >= ReadAhead
            ? Transport.ReadAsync(buffer, cancellationToken)
            : ReadAheadAsync(buffer, cancellationToken);
    }

    /// <summary>A buffer in use is left to the garbage collector: who disposes may do so beside a read.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Transport.Dispose();
        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadAheadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(ReadAhead);
        (_start, _end) = (0, await Transport.ReadAsync(_buffer, cancellationToken));
        return TakeBuffered(buffer.Span);
    }

    private int TakeBuffered(Span<byte> buffer)
    {
        var taken = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, taken).CopyTo(buffer);
        _start += taken;
        if (_start == _end)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }

        return taken;
    }
}
