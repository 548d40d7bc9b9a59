using EyesonBridge.Contracts.V1;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Meetings;

/// <summary><c>room_update</c>: the whole state, compared with the known one. What differs has happened.</summary>
internal static class RoomComparison
{
    public static void Apply(MeetingDraft draft, Wire.Room room)
    {
        if (IsAnotherMeeting(draft.State, room))
            BeginAnew(draft);

        draft.State = WithIdentity(draft.State, room);
        if (room.Shutdown == true)
        {
            if (!draft.State.IsOver)
                MeetingEnding.Apply(draft, inferred: false);
            return;
        }

        Reopen(draft);
        if (room.Ready == true && !draft.State.IsReady)
        {
            draft.State = draft.State with { IsReady = true };
            draft.Add(
                new MeetingStarted { Name = draft.State.Name, StartedAt = draft.State.StartedAt },
                occurredAt: draft.State.StartedAt);
        }

        CompareLists(draft, room);
    }

    private static bool IsAnotherMeeting(MeetingState state, Wire.Room room) =>
        state.StartedAt is { } known && room.StartedAt is { } told && known.ToUniversalTime() != told.ToUniversalTime();

    private static void BeginAnew(MeetingDraft draft)
    {
        if (!draft.State.IsOver)
            MeetingEnding.Apply(draft, inferred: true);
        draft.State = MeetingState.Unknown;
    }

    /// <summary>A room that was over and runs again without a start time of its own is a new meeting too.</summary>
    private static void Reopen(MeetingDraft draft)
    {
        if (draft.State.IsOver)
            draft.State = MeetingState.Unknown with { StartedAt = draft.State.StartedAt, Name = draft.State.Name };
    }

    private static MeetingState WithIdentity(MeetingState state, Wire.Room room)
    {
        var startedAt = room.StartedAt?.ToUniversalTime() ?? state.StartedAt;
        var name = room.Name ?? state.Name;
        return startedAt == state.StartedAt && string.Equals(name, state.Name, StringComparison.Ordinal)
            ? state
            : state with { StartedAt = startedAt, Name = name };
    }

    private static void CompareLists(MeetingDraft draft, Wire.Room room)
    {
        if (room.Participants is { } participants)
            Roster.Compare(draft, participants);
        if (room.Options is { } options)
            Layouts.Compare(draft, options);
        if (room.Broadcasts is { } broadcasts)
            Broadcasts.Apply(draft, broadcasts);
        if (room.Playbacks is { } playbacks)
            Playbacks.Apply(draft, playbacks);
        if (room.Presentation.IsGiven)
            Presentations.Apply(draft, room.Presentation.Value);
        if (room.Recording.IsGiven)
            Recordings.Compare(draft, room.Recording.Value);
    }
}
