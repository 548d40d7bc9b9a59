using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Meetings;

/// <summary>The change of one frame while it is worked out: the state so far, and the events so far.</summary>
internal sealed class MeetingDraft(MeetingState state, FrameContext context)
{
    private readonly List<RoomEvent> _events = [];

    public MeetingState State { get; set; } = state;

    public FrameContext Context { get; } = context;

    /// <summary>What of the frame says nothing to the bridge and was left out, for people; null when everything was applied.</summary>
    public string? LeftOut { get; private set; }

    /// <summary>A part of the frame is not applied; the first is remembered.</summary>
    /// <param name="what">What is wrong with it, for people.</param>
    public void LeaveOut(string what) => LeftOut ??= what;

    /// <summary>Says that something happened, in the meeting that <see cref="State"/> describes at this moment.</summary>
    /// <param name="happened">What happened.</param>
    /// <param name="eventId">Its identity, where Eyeson gives one.</param>
    /// <param name="occurredAt">When, where Eyeson says so.</param>
    /// <param name="meetingStartedAt">In which meeting, where Eyeson says so: a file can be ready after the next one began.</param>
    public void Add(RoomEvent happened, Guid? eventId = null, DateTimeOffset? occurredAt = null, DateTimeOffset? meetingStartedAt = null) =>
        _events.Add(happened with
        {
            EventId = eventId ?? Context.NewEventId(Context.ObservedAt),
            RoomId = Context.RoomId,
            MeetingId = meetingStartedAt is { } startedAt
                ? State.MeetingIdOf(Context.RoomId, startedAt)
                : State.IsStale ? null : State.MeetingId(Context.RoomId),
            Sequence = Context.Sequence + _events.Count + 1,
            StreamId = Context.StreamId,
            OccurredAt = (occurredAt ?? Context.ObservedAt).ToUniversalTime(),
            ObservedAt = Context.ObservedAt.ToUniversalTime(),
            Origin = Context.Origin,
            Account = Context.Account,
        });

    public MeetingChange ToChange() => new(State, _events);
}
