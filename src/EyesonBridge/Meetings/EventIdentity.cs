using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EyesonBridge.Meetings;

/// <summary>
/// Ids of events to which Eyeson gives an identity: the same occurrence has the same id, however and however often the
/// bridge comes to know of it. UUID v8 (RFC 9562) of a SHA-256 over the parts.
/// </summary>
internal static class EventIdentity
{
    private const int MostOnStack = 1024;

    public static Guid Recording(string recordingId, RecordingPhases phase) =>
        Derive("recording", recordingId, phase switch
        {
            RecordingPhases.Started => "started",
            RecordingPhases.Stopped => "stopped",
            RecordingPhases.Finished => "finished",
            _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, message: null),
        });

    public static Guid Snapshot(string snapshotId) => Derive("snapshot", snapshotId);

    public static Guid Message(string type, string roomId, string? userId, string? clientId, DateTimeOffset sentAt, string content) =>
        Derive(type, roomId, userId ?? "", clientId ?? "", sentAt.UtcTicks.ToString(CultureInfo.InvariantCulture), content);

    public static Guid MeetingStart(string roomId, DateTimeOffset startedAt) =>
        Derive("meeting", roomId, "started", startedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    public static Guid MeetingEnd(string roomId, DateTimeOffset startedAt) =>
        Derive("meeting", roomId, "ended", startedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    public static Guid PermalinkMeeting(string permalinkId, DateTimeOffset startedAt) =>
        Derive("permalink", permalinkId, "started", startedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    public static Guid PermalinkExpiry(string permalinkId, DateTimeOffset expiredAt) =>
        Derive("permalink", permalinkId, "expired", expiredAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    private static Guid Derive(params ReadOnlySpan<string> parts)
    {
        var atMost = 0;
        foreach (var part in parts)
            atMost += sizeof(int) + Encoding.UTF8.GetMaxByteCount(part.Length);

        var rented = atMost > MostOnStack ? ArrayPool<byte>.Shared.Rent(atMost) : null;
        Span<byte> text = rented ?? stackalloc byte[MostOnStack];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Join(parts, text)], digest);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);

        var uuid = digest[..16];
        uuid[6] = (byte)((uuid[6] & 0x0F) | 0x80); // version 8
        uuid[8] = (byte)((uuid[8] & 0x3F) | 0x80); // variant of RFC 9562
        return new Guid(uuid, bigEndian: true);
    }

    /// <summary>Writes the parts one after the other, each behind its length: so that "ab","c" is not "a","bc".</summary>
    private static int Join(ReadOnlySpan<string> parts, Span<byte> text)
    {
        var written = 0;
        foreach (var part in parts)
        {
            var length = Encoding.UTF8.GetBytes(part, text[(written + sizeof(int))..]);
            BitConverter.TryWriteBytes(text[written..], length);
            written += sizeof(int) + length;
        }

        return written;
    }
}
