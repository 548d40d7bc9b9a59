using EyesonBridge.Contracts.V1;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Meetings;

/// <summary><c>room_update</c>: the whole state, compared with the known one. What differs has happened.</summary>
internal static class RoomComparison
{
    /// <summary>True when it is the room of this id; a room that does not tell its id is the one that was asked for.</summary>
    public static bool IsAbout(Wire.Room room, string roomId) => room.Id is null || string.Equals(room.Id, roomId, StringComparison.Ordinal);

    public static void Apply(MeetingDraft draft, Wire.Room room)
    {
        if (IsOvertaken(draft, room))
            return;

        var isOther = draft.State.IsOtherThan(room.StartedAt);
        if (draft.State.IsStale && (isOther || draft.Context.Origin != EventOrigin.Backfill))
            draft.State = draft.State with { IsStale = false };
        if (isOther)
            BeginAnew(draft);
        else if (draft.State.IsOver && room.Shutdown != true)
            Reopen(draft);

        draft.State = WithIdentity(draft.State, room);
        if (room.Shutdown == true)
        {
            if (!draft.State.IsOver)
                MeetingEnding.Apply(draft, inferred: false);
            return;
        }

        if (room.Ready == true && !draft.State.IsReady)
        {
            draft.State = draft.State with { IsReady = true };
            draft.Add(
                new MeetingStarted { Name = draft.State.Name, StartedAt = draft.State.StartedAt },
                draft.State.StartedAt is { } startedAt ? EventIdentity.MeetingStart(draft.Context.RoomId, startedAt) : null,
                occurredAt: draft.State.StartedAt);
        }

        CompareLists(draft, room);
    }

    /// <summary>
    /// True for the state of a meeting before the known one, or of one that is over and is told of only afterwards: it was
    /// overtaken, or sent again. What a subscription begins with is how things are.
    /// </summary>
    private static bool IsOvertaken(MeetingDraft draft, Wire.Room room) => draft.Context.Origin switch
    {
        EventOrigin.Snapshot => false,
        EventOrigin.Backfill when draft.State.IsOver && room.Shutdown != true && !draft.State.IsOtherThan(room.StartedAt) => true,
        _ => draft.State.IsLaterThan(room.StartedAt),
    };

    private static void BeginAnew(MeetingDraft draft)
    {
        if (!draft.State.IsOver)
            MeetingEnding.Apply(draft, inferred: true);
        var over = draft.State;
        draft.State = MeetingState.Unknown with
        {
            FormerRecordings = over.Recordings.SetItems(over.FormerRecordings.Where(former => over.ToFollow.ContainsKey(former.Key))),
            FormerSnapshots = over.Snapshots,
            ToFollow = over.ToFollow,
            GapFrom = over.GapFrom,
            GapTo = over.GapTo,
        };
    }

    /// <summary>
    /// A room that was over runs after all. With the same start time it is the same meeting, concluded too early; without
    /// one it is a meeting whose start is unknown. What was said of recordings and snapshots stays said: their ids are
    /// never used again.
    /// </summary>
    private static void Reopen(MeetingDraft draft) =>
        draft.State = MeetingState.Unknown with
        {
            Recordings = draft.State.Recordings,
            Snapshots = draft.State.Snapshots,
            FormerRecordings = draft.State.FormerRecordings,
            FormerSnapshots = draft.State.FormerSnapshots,
            ToFollow = draft.State.ToFollow,
            GapFrom = draft.State.GapFrom,
            GapTo = draft.State.GapTo,
        };

    private static MeetingState WithIdentity(MeetingState state, Wire.Room room)
    {
        var startedAt = state.StartedAt ?? room.StartedAt?.ToUniversalTime(); // a start that differs a little is no other one
        var name = room.Name ?? state.Name;
        var guestToken = room.GuestToken ?? state.GuestToken;
        return startedAt == state.StartedAt && string.Equals(name, state.Name, StringComparison.Ordinal)
            && string.Equals(guestToken, state.GuestToken, StringComparison.Ordinal)
            ? state
            : state with { StartedAt = startedAt, Name = name, GuestToken = guestToken };
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
