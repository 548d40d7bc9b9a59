using System.Buffers;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>
/// What an HTTP connection upgrades. It gives the head of the response, with what was sent before it as information (RFC 9110,
/// section 15.2), and nothing behind it, so that afterwards the HTTP connection can be disposed of, and what lies below and
/// what has come already are kept.
/// </summary>
/// <param name="transport">The connection to the server, TLS included.</param>
internal sealed class UpgradingStream(Stream transport) : TransportStream(transport)
{
    private const int StatusBegin = 9; // behind "HTTP/1.1 "
    private const int StatusEnd = 12;
    private const int SwitchingProtocols = 101;

    private byte[] _behindHead = [];
    private int _lengthBehindHead;
    private int _lengthOfHead;
    private int _status;
    private bool _isLineEmpty;
    private bool _isHeadRead;
    private bool _isDetached;

    /// <summary>Takes the connection over: disposing of this stream does nothing to it any more.</summary>
    public UpgradedStream Detach()
    {
        _isDetached = true;
        return new UpgradedStream(Transport, _behindHead, _lengthBehindHead);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isHeadRead)
            return await ReadBodyAsync(buffer, cancellationToken);

        var read = await Transport.ReadAsync(buffer, cancellationToken);
        var head = LengthOfHead(buffer.Span[..read]);
        if (head < read)
        {
            _lengthBehindHead = read - head;
            _behindHead = ArrayPool<byte>.Shared.Rent(_lengthBehindHead);
            buffer[head..read].CopyTo(_behindHead);
        }

        return head;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDetached)
            Transport.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The server refused, and explains it.</summary>
    private ValueTask<int> ReadBodyAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_lengthBehindHead == 0)
            return Transport.ReadAsync(buffer, cancellationToken);

        var taken = Math.Min(buffer.Length, _lengthBehindHead);
        _behindHead.AsSpan(0, taken).CopyTo(buffer.Span);
        _lengthBehindHead -= taken;
        _behindHead.AsSpan(taken, _lengthBehindHead).CopyTo(_behindHead);
        return new(taken);
    }

    /// <summary>How much of what was read belongs to the head of the response, which ends with an empty line.</summary>
    private int LengthOfHead(ReadOnlySpan<byte> read)
    {
        for (var i = 0; i < read.Length; i++)
        {
            if (read[i] == '\n' && _isLineEmpty)
            {
                if (_status is SwitchingProtocols or < 100 or >= 200)
                {
                    _isHeadRead = true;
                    return i + 1;
                }

                (_lengthOfHead, _status, _isLineEmpty) = (0, 0, false); // that was information, and the response comes behind it
                continue;
            }

            if (_lengthOfHead++ is >= StatusBegin and < StatusEnd)
                _status = (_status * 10) + (read[i] - '0');
            _isLineEmpty = read[i] == '\n' || (read[i] == '\r' && _isLineEmpty);
        }

        return read.Length;
    }
}
