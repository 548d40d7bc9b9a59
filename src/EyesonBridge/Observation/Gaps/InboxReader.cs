using System.Text.Json;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Meetings;
using EyesonBridge.Storage;

namespace EyesonBridge.Observation.Gaps;

/// <summary>What the entries of a room's inbox lead to. Pure: what was said already is not said again.</summary>
internal static class InboxReader
{
    /// <summary>Takes up the entries in order.</summary>
    /// <param name="state">The state of the meeting.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="context">What is known beside them.</param>
    /// <param name="unreadable">Those that led to nothing, as they cannot be read.</param>
    public static MeetingChange Apply(
        MeetingState state, IReadOnlyList<InboxEntry> entries, FrameContext context, out List<UnreadableInboxEntry> unreadable)
    {
        unreadable = [];
        var change = MeetingChange.None(state);
        foreach (var entry in entries)
        {
            try
            {
                change = change.Then(
                    context with { ObservedAt = entry.ReceivedAt, Raw = entry.Body, Origin = EventOrigin.Backfill },
                    (before, own) => Apply(before, entry, own));
            }
            catch (Exception problem) when (problem is JsonException or NotSupportedException or ArgumentException)
            {
                unreadable.Add(new UnreadableInboxEntry(entry.Id, problem));
            }
        }

        return change;
    }

    private static MeetingChange Apply(MeetingState state, InboxEntry entry, FrameContext context) => entry.Kind switch
    {
        InboxKind.Webhook => Meeting.Apply(state, ObserverEventReader.Read(entry.Body), context),
        InboxKind.PermalinkStarted or InboxKind.PermalinkExpired => Tell(state, entry, context),
        _ => throw new NotSupportedException("This version knows no such kind of entry."),
    };

    private static MeetingChange Tell(MeetingState state, InboxEntry entry, FrameContext context)
    {
        var notice = JsonSerializer.Deserialize(entry.Body.Span, InboxJson.Default.PermalinkNotice) is { PermalinkId: not null } readable ? readable : throw new JsonException("The notice names no permalink.");
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
