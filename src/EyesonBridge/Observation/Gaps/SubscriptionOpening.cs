using EyesonBridge.Contracts.V1;
using EyesonBridge.Meetings;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Observation.Gaps;

/// <summary>
/// What the first frames after a subscription lead to. <c>ObservationStarted</c> or <c>ObservationResumed</c> comes first,
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
    public static MeetingChange Start(MeetingState state, Wire.ObserverEvent frame, FrameContext context) =>
        MeetingChange.Headed(context, following => Apply(state, frame, following), _ => new ObservationStarted());

    /// <summary>The first frames after a gap.</summary>
    /// <param name="state">The state before the gap.</param>
    /// <param name="frames">The frames: one, or more when they were held until the server had said whether it has a history.</param>
    /// <param name="context">What is known beside them.</param>
    /// <param name="gapFrom">The last moment at which something was received from the room.</param>
    /// <param name="hasHistory">True when the server repeated all that was missed.</param>
    public static MeetingChange Resume(
        MeetingState state, IReadOnlyList<HeardFrame> frames, FrameContext context, DateTimeOffset gapFrom, bool hasHistory)
    {
        // Whether the room was locked or unlocked meanwhile is not told: the next lock event is news either way. What was
        // made meanwhile is asked of REST, since an earlier gap if that was not filled.
        var known = state with
        {
            IsLocked = hasHistory ? state.IsLocked : null,
            GapFrom = state.GapFrom is { } earlier && earlier < gapFrom ? earlier : gapFrom.ToUniversalTime(),
            GapTo = context.ObservedAt.ToUniversalTime(),
        };
        return MeetingChange.Headed(
            context,
            following => frames.Aggregate(
                MeetingChange.None(known),
                (opened, frame) => opened.Then(
                    following with { Raw = frame.Raw, Origin = frame.Origin }, (before, own) => Apply(before, frame.Event, own))),
            opened => new ObservationResumed
            {
                GapFrom = gapFrom.ToUniversalTime(),
                GapTo = context.ObservedAt,
                Recovered = opened.Events
                    .Where(happened => happened is IMeetingEvent && happened.Origin != EventOrigin.Live)
                    .CountBy(happened => happened.GetType().Name, StringComparer.Ordinal)
                    .ToDictionary(StringComparer.Ordinal),
                Unrecoverable = hasHistory ? [] : Unrecoverable,
            });
    }

    /// <summary>True when the frame tells the whole state of the room.</summary>
    public static bool IsWholeState(Wire.ObserverEvent frame, string roomId) =>
        frame is Wire.RoomUpdate { Room: { } room } && RoomComparison.IsAbout(room, roomId);

    /// <summary>A frame that may be the first whole state since the subscription; that is compared, and reported.</summary>
    public static MeetingChange Apply(MeetingState state, Wire.ObserverEvent frame, FrameContext context)
    {
        if (!IsWholeState(frame, context.RoomId) || context.Origin != EventOrigin.Live)
            return Meeting.Apply(state, frame, context);

        var compared = Meeting.Apply(state, frame, context with { Origin = EventOrigin.Snapshot });
        return compared.Then(context, new RoomStateReported { State = compared.State.ToContract() });
    }
}
