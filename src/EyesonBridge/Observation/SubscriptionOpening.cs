using EyesonBridge.Contracts.V1;
using EyesonBridge.Meetings;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Observation;

/// <summary>
/// What the first frame after a subscription leads to. <c>ObservationStarted</c> or <c>ObservationResumed</c> comes first,
/// then what differs from the state known before, then that state as a whole. Pure, as <see cref="Meeting"/> is.
/// </summary>
internal static class SubscriptionOpening
{
    /// <summary>What a gap can hide for good: Eyeson keeps no record of it.</summary>
    private static readonly string[] Unrecoverable =
    [
        nameof(ChatMessageSent), nameof(CustomMessageSent), nameof(RoomLocked), nameof(RoomUnlocked), nameof(PodiumChanged),
    ];

    /// <summary>The first frame of the first subscription.</summary>
    public static MeetingChange Start(MeetingState state, Wire.ObserverEvent frame, FrameContext context)
    {
        var opened = Apply(state, frame, context with { Sequence = context.Sequence + 1 });
        return Prepend(new ObservationStarted(), opened, context);
    }

    /// <summary>The first frame after a gap.</summary>
    /// <param name="state">The state before the gap.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="context">What is known beside it.</param>
    /// <param name="gapFrom">The last moment at which the room was heard.</param>
    public static MeetingChange Resume(MeetingState state, Wire.ObserverEvent frame, FrameContext context, DateTimeOffset gapFrom)
    {
        // Whether the room was locked or unlocked meanwhile is not told: the next lock event is news either way.
        var opened = Apply(state with { IsLocked = null }, frame, context with { Sequence = context.Sequence + 1 });
        var resumed = new ObservationResumed
        {
            GapFrom = gapFrom.ToUniversalTime(),
            GapTo = context.ObservedAt,
            Recovered = opened.Events
                .Where(happened => happened is IMeetingEvent && happened.Origin != EventOrigin.Live)
                .CountBy(happened => happened.GetType().Name, StringComparer.Ordinal)
                .ToDictionary(StringComparer.Ordinal),
            Unrecoverable = Unrecoverable,
        };
        return Prepend(resumed, opened, context);
    }

    /// <summary>A frame that may be the first whole state since the subscription; that is compared, and reported.</summary>
    public static MeetingChange Apply(MeetingState state, Wire.ObserverEvent frame, FrameContext context)
    {
        if (frame is not Wire.RoomUpdate { Room: not null })
            return Meeting.Apply(state, frame, context);

        var compared = Meeting.Apply(state, frame, context with { Origin = EventOrigin.Snapshot });
        var report = new MeetingDraft(compared.State, context with { Sequence = context.Sequence + compared.Events.Count });
        report.Add(new RoomStateReported { State = compared.State.ToContract() });
        return compared with { Events = [.. compared.Events, .. report.ToChange().Events] };
    }

    private static MeetingChange Prepend(RoomEvent first, MeetingChange change, FrameContext context)
    {
        var draft = new MeetingDraft(change.State, context);
        draft.Add(first);
        return change with { Events = [.. draft.ToChange().Events, .. change.Events] };
    }
}
