using System.Text.Json;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Meetings;
using EyesonBridge.Storage;

namespace EyesonBridge.Permalinks;

/// <summary>What an answer of Eyeson means for a permalink that is watched. Pure.</summary>
internal static class PermalinkReading
{
    /// <summary>The room of a meeting that has just started may not be running for its observers yet.</summary>
    public static readonly TimeSpan RunsWithin = TimeSpan.FromMinutes(5);

    /// <summary>What to write, or null when nothing has changed.</summary>
    public static PermalinkStep? Read(PermalinkRow permalink, RestResult<PermalinkMeeting> answer, DateTimeOffset now)
    {
        if (IsUnknown(answer))
            return new PermalinkStep(permalink with { Status = PermalinkStatus.Unknown }, null, null);
        if (answer is not { IsOk: true, Value: { Permalink.Id: { } permalinkId, Room.Id: { } roomId } meeting } || RoomIds.Problem(roomId) is not null)
            return null;

        var known = permalink with { PermalinkId = permalinkId, RoomId = roomId };
        if (meeting.IsExpired(now))
        {
            var expiredAt = meeting.Permalink.ExpiresAt!.Value;
            return new PermalinkStep(
                known with { Status = PermalinkStatus.Expired },
                null,
                Notice(known, InboxKind.PermalinkExpired, new PermalinkNotice(permalinkId, meeting.Room.Name, expiredAt), now));
        }

        if (!meeting.IsStarted)
            return Changed(permalink, known with { IsToRegister = false }); // that meeting is over

        var startedAt = Stored(meeting.Room.StartedAt!.Value);
        var isTold = startedAt == permalink.MeetingStartedAt;
        if (isTold && !permalink.IsToRegister)
            return Changed(permalink, known);

        return new PermalinkStep(
            known with
            {
                MeetingStartedAt = startedAt,
                Status = permalink.IsRecurring ? PermalinkStatus.Waiting : PermalinkStatus.Started,
                IsToRegister = false,
            },
            new RoomRegistration(
                roomId, permalink.Account, IntentSources.Permalink(permalinkId), now + RunsWithin, now, MeetingState.MeetingId(roomId, startedAt)),
            isTold ? null : Notice(known, InboxKind.PermalinkStarted, new PermalinkNotice(permalinkId, meeting.Room.Name, startedAt), now));
    }

    /// <summary>True when Eyeson does not know the permalink, or no longer does.</summary>
    public static bool IsUnknown(RestResult<PermalinkMeeting> answer) =>
        answer is { IsOk: false, Outcome: RestOutcome.NotFound or RestOutcome.Gone };

    private static PermalinkStep? Changed(PermalinkRow before, PermalinkRow now) => now == before ? null : new PermalinkStep(now, null, null);

    /// <summary>As it comes back from the store, which keeps milliseconds.</summary>
    private static DateTimeOffset Stored(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());

    private static InboxEntry Notice(PermalinkRow permalink, InboxKind kind, PermalinkNotice notice, DateTimeOffset now) => new(
        Id: 0,
        permalink.RoomId!,
        permalink.Account,
        kind,
        JsonSerializer.SerializeToUtf8Bytes(notice, InboxJson.Default.PermalinkNotice),
        now);
}
