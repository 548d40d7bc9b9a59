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

    public static Guid PermalinkMeeting(string permalinkId, DateTimeOffset startedAt) =>
        Derive("permalink", permalinkId, "started", startedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    public static Guid PermalinkExpiry(string permalinkId, DateTimeOffset expiredAt) =>
        Derive("permalink", permalinkId, "expired", expiredAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    private static Guid Derive(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BitConverter.TryWriteBytes(length, bytes.Length);
            hash.AppendData(length); // so that "ab","c" is not "a","bc"
            hash.AppendData(bytes);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        var uuid = digest[..16];
        uuid[6] = (byte)((uuid[6] & 0x0F) | 0x80); // version 8
        uuid[8] = (byte)((uuid[8] & 0x3F) | 0x80); // variant of RFC 9562
        return new Guid(uuid, bigEndian: true);
    }
}
