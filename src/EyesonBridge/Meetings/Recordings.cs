using EyesonBridge.Contracts.V1;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Meetings;

/// <summary>The three phases of a recording, each said once for each recording id.</summary>
internal static class Recordings
{
    /// <summary>A recording in whatever phase it is, from <c>recording_update</c> or REST.</summary>
    public static void Apply(MeetingDraft draft, Wire.Recording recording)
    {
        switch (PhaseOf(recording))
        {
            case RecordingPhases.Finished:
                Deactivate(draft, recording.Id!);
                Finish(draft, recording);
                break;
            case RecordingPhases.Stopped:
                Deactivate(draft, recording.Id!);
                Stop(draft, recording.Id!, recording.Duration, Users.ToContract(recording.User), Following.MeetingOf(draft, recording));
                break;
            default:
                Start(draft, recording);
                break;
        }
    }

    /// <summary>The recording that runs, or none, from <c>room_update</c>. One without an id does not tell which.</summary>
    public static void Compare(MeetingDraft draft, Wire.Recording? recording)
    {
        if (recording is { Id: null })
        {
            draft.LeaveOut("The recording has no id.");
            return;
        }

        if (draft.State.Recording is { } active && !string.Equals(active.RecordingId, recording?.Id, StringComparison.Ordinal))
        {
            Deactivate(draft, active.RecordingId);
            Stop(draft, active.RecordingId, duration: null, active.StartedBy);
        }

        if (recording is null)
            return;

        Apply(draft, recording);
        if (PhaseOf(recording) == RecordingPhases.Started)
            Activate(draft, recording); // also when an earlier body said that it stopped: this is the whole state
    }

    /// <summary>A recording as REST tells it after the fact: each phase up to the one it is in, as far as it was not said.</summary>
    public static void CatchUp(MeetingDraft draft, Wire.Recording recording)
    {
        var phase = PhaseOf(recording);
        Start(draft, recording, isRunning: phase == RecordingPhases.Started);
        if (phase == RecordingPhases.Finished)
            Stop(draft, recording.Id!, recording.Duration, Users.ToContract(recording.User), Following.MeetingOf(draft, recording));
        Apply(draft, recording);
    }

    private static RecordingPhases PhaseOf(Wire.Recording recording) => recording switch
    {
        { Links.Download.Length: > 0 } => RecordingPhases.Finished,
        { Duration: not null } => RecordingPhases.Stopped,
        _ => RecordingPhases.Started,
    };

    private static void Start(MeetingDraft draft, Wire.Recording recording, bool isRunning = true)
    {
        var said = Said(draft, recording.Id!);
        if (said.HasFlag(RecordingPhases.Started))
            return;

        // Overtaken by its stop or by the end of its meeting, it runs no more.
        if (isRunning && said == RecordingPhases.None && !draft.State.IsOver && !draft.State.IsOtherThan(Following.MeetingOf(draft, recording)))
            Activate(draft, recording);

        var meetingStartedAt = Following.MeetingOf(draft, recording);
        Say(draft, recording.Id!, RecordingPhases.Started, meetingStartedAt);
        draft.Add(
            new RecordingStarted { RecordingId = recording.Id!, StartedBy = Users.ToContract(recording.User) },
            EventIdentity.Recording(recording.Id!, RecordingPhases.Started),
            recording.CreatedAt,
            meetingStartedAt);
    }

    private static void Stop(MeetingDraft draft, string id, double? duration, MeetingUser? startedBy, DateTimeOffset? meetingStartedAt = null)
    {
        if (Said(draft, id).HasFlag(RecordingPhases.Stopped))
            return;

        Say(draft, id, RecordingPhases.Stopped, meetingStartedAt);
        draft.Add(
            new RecordingStopped { RecordingId = id, DurationSeconds = duration, StartedBy = startedBy },
            EventIdentity.Recording(id, RecordingPhases.Stopped),
            meetingStartedAt: meetingStartedAt);
    }

    private static void Finish(MeetingDraft draft, Wire.Recording recording)
    {
        if (Said(draft, recording.Id!).HasFlag(RecordingPhases.Finished))
            return;

        var meetingStartedAt = Following.MeetingOf(draft, recording);
        Say(draft, recording.Id!, RecordingPhases.Finished, meetingStartedAt);
        Following.End(draft, recording.Id!);
        draft.Add(
            new RecordingFinished
            {
                RecordingId = recording.Id!,
                DurationSeconds = recording.Duration,
                DownloadUrl = recording.Links!.Download!,
                StartedAt = recording.CreatedAt?.ToUniversalTime(),
                StartedBy = Users.ToContract(recording.User),
            },
            EventIdentity.Recording(recording.Id!, RecordingPhases.Finished),
            meetingStartedAt: meetingStartedAt);
    }

    private static void Activate(MeetingDraft draft, Wire.Recording recording)
    {
        var active = new ActiveRecording
        {
            RecordingId = recording.Id!,
            StartedAt = recording.CreatedAt?.ToUniversalTime(),
            StartedBy = Users.ToContract(recording.User),
        };
        if (draft.State.Recording != active)
            draft.State = draft.State with { Recording = active };
    }

    private static void Deactivate(MeetingDraft draft, string id)
    {
        if (string.Equals(draft.State.Recording?.RecordingId, id, StringComparison.Ordinal))
            draft.State = draft.State with { Recording = null };
    }

    private static RecordingPhases Said(MeetingDraft draft, string id) => draft.State.SaidOf(id);

    private static void Say(MeetingDraft draft, string id, RecordingPhases phase, DateTimeOffset? meetingStartedAt)
    {
        var said = Said(draft, id) | phase;
        draft.State = draft.State.Recordings.ContainsKey(id) || !draft.State.FormerRecordings.ContainsKey(id)
            ? draft.State with { Recordings = draft.State.Recordings.SetItem(id, said) }
            : draft.State with { FormerRecordings = draft.State.FormerRecordings.SetItem(id, said) };
        if (!said.HasFlag(RecordingPhases.Finished) && (draft.State.IsOver || draft.State.IsOtherThan(meetingStartedAt)))
            Following.Begin(draft, id, meetingStartedAt); // heard of only after its meeting
    }
}
