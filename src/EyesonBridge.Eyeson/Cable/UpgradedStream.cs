using System.Buffers;
using System.Runtime.CompilerServices;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>
/// What lies below an upgraded connection. The HTTP connection that did the upgrade reads nothing behind the head of the
/// response from it, and so can be thrown away with its buffers. Afterwards it reads ahead, but waits without a buffer.
/// </summary>
/// <param name="transport">The connection to the server, TLS included; disposed of with this stream.</param>
internal sealed class UpgradedStream(Stream transport) : Stream
{
    private const int ReadAhead = 8192;

    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private bool _isLineEmpty;
    private bool _isHeadRead;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_start < _end)
            return new(TakeBuffered(buffer.Span));
        if (!_isHeadRead)
            return ReadHeadAsync(buffer, cancellationToken);
        return buffer.Length is 0 or >= ReadAhead
            ? transport.ReadAsync(buffer, cancellationToken)
            : ReadAheadAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        transport.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        transport.WriteAsync(buffer, offset, count, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => transport.FlushAsync(cancellationToken);

    public override void Flush() => transport.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>A buffer in use is left to the garbage collector: who disposes may do so beside a read.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            transport.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadHeadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await transport.ReadAsync(buffer, cancellationToken);
        var head = LengthOfHead(buffer.Span[..read]);
        if (head < read)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(read - head);
            buffer[head..read].CopyTo(_buffer);
            (_start, _end) = (0, read - head);
        }

        return head;
    }

    /// <summary>How much of what was read belongs to the head of the response, which ends with an empty line.</summary>
    private int LengthOfHead(ReadOnlySpan<byte> read)
    {
        for (var i = 0; i < read.Length; i++)
        {
            if (read[i] == '\n' && _isLineEmpty)
            {
                _isHeadRead = true;
                return i + 1;
            }

            _isLineEmpty = read[i] == '\n' || (read[i] == '\r' && _isLineEmpty);
        }

        return read.Length;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadAheadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(ReadAhead);
        (_start, _end) = (0, await transport.ReadAsync(_buffer, cancellationToken));
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
