using System.Security.Cryptography;
using EyesonBridge.Eyeson.Cable;

namespace EyesonBridge.Observation.Handover;

/// <summary>What tells one frame of a room from another: a number made of what it contains, and of its place where that is told.</summary>
internal static class FrameMark
{
    /// <summary>The mark of a message.</summary>
    public static ulong Of(in CableMessage message)
    {
        var mark = Of(message.Body.Span);
        return message.Offset is { } offset ? mark ^ ((ulong)offset * 0x9E3779B97F4A7C15) : mark; // the golden ratio: neighbours get far apart
    }

    /// <summary>The mark of a frame that is no message.</summary>
    public static ulong Of(ReadOnlySpan<byte> frame)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(frame, hash);
        return BitConverter.ToUInt64(hash);
    }
}
