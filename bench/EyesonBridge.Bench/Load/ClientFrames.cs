using System.Buffers.Binary;

namespace EyesonBridge.Bench.Load;

/// <summary>Reads what a client sends: short frames in one piece, masked (RFC 6455, 5.3).</summary>
internal static class ClientFrames
{
    public const int Text = 1;
    public const int Close = 8;
    public const int Ping = 9;

    /// <summary>Takes the first frame off the buffer, if it is there as a whole, and unmasks it in place.</summary>
    /// <returns>How many bytes it took; 0 when more has to be received.</returns>
    public static int TryRead(Span<byte> buffer, out int opcode, out Span<byte> payload)
    {
        opcode = 0;
        payload = default;
        if (buffer.Length < 6)
            return 0;

        var length = buffer[1] & 0x7F;
        var header = 2;
        if (length == 126)
        {
            length = BinaryPrimitives.ReadUInt16BigEndian(buffer[2..]);
            header = 4;
        }

        if (buffer.Length < header + 4 + length)
            return 0;

        opcode = buffer[0] & 0x0F;
        var mask = buffer.Slice(header, 4);
        payload = buffer.Slice(header + 4, length);
        for (var i = 0; i < payload.Length; i++)
            payload[i] ^= mask[i & 3];
        return header + 4 + length;
    }

    /// <summary>A text frame as a client sends it; the mask is all zeros, which leaves the text as it is.</summary>
    public static byte[] Masked(ReadOnlySpan<byte> text) => [0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. text];
}
