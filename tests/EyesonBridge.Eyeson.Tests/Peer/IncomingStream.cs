using System.IO.Pipelines;

namespace EyesonBridge.Eyeson.Tests.Peer;

/// <summary>A connection on which comes what is written to a pipe, and what is sent goes nowhere.</summary>
internal sealed class IncomingStream(PipeReader incoming) : Stream
{
    private readonly Stream _incoming = incoming.AsStream();

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => _incoming.Read(buffer, offset, count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _incoming.ReadAsync(buffer, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count)
    {
        // Nobody listens.
    }

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _incoming.Dispose();
        base.Dispose(disposing);
    }
}
