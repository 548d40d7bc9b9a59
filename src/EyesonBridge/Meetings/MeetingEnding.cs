using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Meetings;

/// <summary>The end of a meeting: what was going on ends with it, and everybody leaves.</summary>
internal static class MeetingEnding
{
    public static void Apply(MeetingDraft draft, bool inferred)
    {
        Recordings.Compare(draft, recording: null);
        Presentations.Apply(draft, presentation: null);
        Playbacks.Apply(draft, []);
        Broadcasts.Apply(draft, []);
        Roster.Compare(draft, []);

        draft.Add(
            new MeetingEnded { Name = draft.State.Name, StartedAt = draft.State.StartedAt, Inferred = inferred },
            draft.State.StartedAt is { } startedAt ? EventIdentity.MeetingEnd(draft.Context.RoomId, startedAt) : null);
        draft.State = draft.State with { IsOver = true, IsReady = false, IsLocked = null };
        Following.Begin(draft);
    }
}
