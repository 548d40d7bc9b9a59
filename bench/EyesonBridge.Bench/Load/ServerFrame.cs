using System.Buffers.Binary;

namespace EyesonBridge.Bench.Load;

/// <summary>Text frames as a server sends them: in one piece, not masked (RFC 6455, 5.2).</summary>
internal static class ServerFrame
{
    public static byte[] Text(ReadOnlySpan<byte> payload)
    {
        var header = payload.Length switch
        {
            < 126 => 2,
            <= ushort.MaxValue => 4,
            _ => 10,
        };
        var frame = new byte[header + payload.Length];
        frame[0] = 0x81;
        frame[1] = header switch { 2 => (byte)payload.Length, 4 => 126, _ => 127 };
        if (header == 4)
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        else if (header == 10)
            BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(2), (ulong)payload.Length);
        payload.CopyTo(frame.AsSpan(header));
        return frame;
    }
}
