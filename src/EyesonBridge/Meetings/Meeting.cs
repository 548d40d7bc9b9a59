using EyesonBridge.Contracts.V1;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Meetings;

/// <summary>
/// Turns what the observer receives into events. Pure: the state and a frame give a new state and events; there is
/// no I/O and no clock. Order on the wire is not trusted, so everything that has a duration is derived from a roster:
/// nothing ends that has not begun, and nothing begins twice.
/// </summary>
internal static class Meeting
{
    /// <summary>What <paramref name="frame"/> changes.</summary>
    public static MeetingChange Apply(MeetingState state, Wire.ObserverEvent frame, FrameContext context)
    {
        var draft = new MeetingDraft(state, context);
        switch (frame)
        {
            case Wire.ParticipantUpdate or Wire.BroadcastsUpdate or Wire.PlaybackUpdate or Wire.PresentationUpdate
                or Wire.OptionsUpdate or Wire.PodiumUpdate or Wire.LockUpdate when state.IsOver:
                break; // overtaken by the end of the meeting: nothing begins in a meeting that is over
            case Wire.RoomUpdate { Room: { } room } when !RoomComparison.IsAbout(room, context.RoomId):
                draft.LeaveOut("The room has the id of another room.");
                break;
            case Wire.RoomUpdate { Room: { } room }:
                RoomComparison.Apply(draft, room);
                break;
            case Wire.ParticipantUpdate { Participant: { Id: not null } participant }:
                Roster.Apply(draft, participant);
                break;
            case Wire.RecordingUpdate { Recording: { Id: not null } recording }:
                Recordings.Apply(draft, recording);
                break;
            case Wire.BroadcastsUpdate { Broadcasts: { } broadcasts }:
                Broadcasts.Apply(draft, broadcasts);
                break;
            case Wire.OptionsUpdate { Options: { } options }:
                Layouts.Apply(draft, options);
                break;
            case Wire.SnapshotUpdate { Snapshots: { } snapshots }:
                Snapshots.Apply(draft, snapshots);
                break;
            case Wire.MeetingMessage { Content: { } content } message:
                Messages.Apply(draft, message, content);
                break;
            case Wire.PlaybackUpdate { Playing: { } playing }:
                Playbacks.Apply(draft, playing);
                break;
            case Wire.PodiumUpdate { Podium: { } segments } podium:
                Podium.Apply(draft, segments, podium.Layers);
                break;
            case Wire.LockUpdate { Locked: { } locked }:
                ApplyLock(draft, locked);
                break;
            case Wire.PresentationUpdate { Presentation: { IsGiven: true, Value: var presentation } }:
                Presentations.Apply(draft, presentation);
                break;
            case Wire.UnknownEvent unknown:
                draft.Add(Unrecognized.From(draft, unknown.Type, problem: null));
                break;
            case Wire.UnreadableEvent unreadable:
                draft.LeaveOut(unreadable.Problem);
                break;
            default:
                draft.LeaveOut("The property that says what happened is missing or cannot be read.");
                break;
        }

        if ((frame.LeftOut ?? draft.LeftOut) is { } leftOut)
            draft.Add(Unrecognized.From(draft, frame.Type, leftOut));
        return draft.ToChange();
    }

    /// <summary>
    /// The meeting is over, although Eyeson did not say so: the room is no longer running. Nothing happens when it was over, or had
    /// never been seen.
    /// </summary>
    public static MeetingChange Conclude(MeetingState state, FrameContext context)
    {
        var draft = new MeetingDraft(state is { IsStale: true, IsOver: false } ? state with { IsStale = false } : state, context);
        if (state is { IsOver: false, WasSeen: true })
            MeetingEnding.Apply(draft, inferred: true);
        return draft.ToChange();
    }

    private static void ApplyLock(MeetingDraft draft, bool locked)
    {
        if (draft.State.IsLocked == locked)
            return;

        draft.State = draft.State with { IsLocked = locked };
        draft.Add(locked ? new RoomLocked() : new RoomUnlocked());
    }
}
