using System.Globalization;

namespace EyesonBridge.Storage;

/// <summary>The start of a meeting, as its id tells it.</summary>
internal static class MeetingStart
{
    /// <summary>Null when the meeting is unknown, or its id does not tell.</summary>
    public static DateTimeOffset? Of(string? meetingId) =>
        meetingId is not null
        && DateTimeOffset.TryParseExact(
            meetingId.AsSpan(meetingId.LastIndexOf('@') + 1),
            "yyyy-MM-ddTHH:mm:ss.fffZ",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var startedAt)
            ? startedAt
            : null;
}
