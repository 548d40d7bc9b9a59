using System.Text.Json;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Meetings;
using EyesonBridge.Storage;

namespace EyesonBridge.Observation.Gaps;

/// <summary>What the entries of a room's inbox lead to. Pure: what was said already is not said again.</summary>
internal static class InboxReader
{
    public static MeetingChange Apply(MeetingState state, IReadOnlyList<InboxEntry> entries, FrameContext context) =>
        entries.Aggregate(
            MeetingChange.None(state),
            (change, entry) => change.Then(
                context with { ObservedAt = entry.ReceivedAt, Raw = entry.Body, Origin = EventOrigin.Backfill },
                (before, own) => Apply(before, entry, own)));

    private static MeetingChange Apply(MeetingState state, InboxEntry entry, FrameContext context) =>
        entry.Kind == InboxKind.Webhook
            ? Meeting.Apply(state, ObserverEventReader.Read(entry.Body), context)
            : Tell(state, entry, context);

    private static MeetingChange Tell(MeetingState state, InboxEntry entry, FrameContext context)
    {
        var notice = JsonSerializer.Deserialize(entry.Body.Span, InboxJson.Default.PermalinkNotice)!;
        var draft = new MeetingDraft(state, context with { Origin = EventOrigin.Live });
        if (entry.Kind == InboxKind.PermalinkStarted)
        {
            draft.Add(
                new PermalinkMeetingStarted { PermalinkId = notice.PermalinkId, Name = notice.Name },
                EventIdentity.PermalinkMeeting(notice.PermalinkId, notice.At),
                occurredAt: notice.At,
                meetingStartedAt: notice.At);
        }
        else
        {
            draft.Add(
                new PermalinkExpired { PermalinkId = notice.PermalinkId, ExpiredAt = notice.At.ToUniversalTime() },
                EventIdentity.PermalinkExpiry(notice.PermalinkId, notice.At),
                occurredAt: notice.At);
        }

        return draft.ToChange();
    }
}
