using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Meetings;

/// <summary>Recordings that outlive their meeting.</summary>
internal static class Following
{
    /// <summary>How long after the meeting a file may take. Eyeson keeps the file up to 14 days.</summary>
    public static readonly TimeSpan AtMost = TimeSpan.FromHours(24);

    /// <summary>The meeting ends: what it recorded and is not finished is followed from now on.</summary>
    public static void Begin(MeetingDraft draft)
    {
        foreach (var (id, said) in draft.State.Recordings)
        {
            if (!said.HasFlag(RecordingPhases.Finished))
                Begin(draft, id);
        }
    }

    /// <summary>One recording of a meeting that is over.</summary>
    /// <param name="draft">The change.</param>
    /// <param name="id">Id of the recording.</param>
    /// <param name="meetingStartedAt">Start of its meeting, where that is not the one of the state.</param>
    public static void Begin(MeetingDraft draft, string id, DateTimeOffset? meetingStartedAt = null)
    {
        if (draft.State.ToFollow.ContainsKey(id))
            return;

        var followed = new FollowedRecording(meetingStartedAt ?? draft.State.StartedAt, draft.Context.ObservedAt.ToUniversalTime() + AtMost);
        draft.State = draft.State with { ToFollow = draft.State.ToFollow.Add(id, followed) };
    }

    /// <summary>The recording is finished, however that came to be known.</summary>
    public static void End(MeetingDraft draft, string id)
    {
        if (draft.State.ToFollow.ContainsKey(id))
            draft.State = draft.State with { ToFollow = draft.State.ToFollow.Remove(id) };
    }

    /// <summary>What REST says of a followed recording.</summary>
    public static MeetingChange Apply(MeetingState state, Wire.Recording recording, FrameContext context)
    {
        var draft = new MeetingDraft(state, context);
        if (recording.Id is { } id && state.ToFollow.ContainsKey(id))
            Recordings.CatchUp(draft, recording);
        return draft.ToChange();
    }

    /// <summary>Start of the meeting of a recording, where that may not be the one of the state.</summary>
    public static DateTimeOffset? MeetingOf(MeetingDraft draft, Wire.Recording recording) =>
        recording.Room?.StartedAt ?? draft.State.ToFollow.GetValueOrDefault(recording.Id!)?.MeetingStartedAt;

    /// <summary>The recording has been followed long enough.</summary>
    public static MeetingChange GiveUp(MeetingState state, string id) =>
        new(state with { ToFollow = state.ToFollow.Remove(id) }, []);
}
