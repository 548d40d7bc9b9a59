using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Meetings;

/// <summary>What a frame led to.</summary>
/// <param name="State">The state now: the same instance when nothing changed.</param>
/// <param name="Events">What happened, in order, numbered without holes.</param>
internal readonly record struct MeetingChange(MeetingState State, IReadOnlyList<RoomEvent> Events)
{
    /// <summary>Nothing happened.</summary>
    public static MeetingChange None(MeetingState state) => new(state, []);

    /// <summary>One event comes before all others, although what it says depends on them.</summary>
    /// <param name="context">The context of the whole.</param>
    /// <param name="others">What the others are, in the context that follows the first.</param>
    /// <param name="first">The first, told what follows.</param>
    public static MeetingChange Headed(FrameContext context, Func<FrameContext, MeetingChange> others, Func<MeetingChange, RoomEvent> first)
    {
        var following = others(context with { Sequence = context.Sequence + 1 });
        return None(following.State).Then(context, first(following)).Then(context, (_, _) => following);
    }

    /// <summary>What happens next, numbered after what has happened so far.</summary>
    /// <param name="context">The context of the whole: its sequence is the one before this change.</param>
    /// <param name="next">What happens next, from the state so far and its own context.</param>
    public MeetingChange Then(FrameContext context, Func<MeetingState, FrameContext, MeetingChange> next)
    {
        var following = next(State, context with { Sequence = context.Sequence + Events.Count });
        return Events.Count == 0 ? following : following with { Events = [.. Events, .. following.Events] };
    }

    /// <summary>One more event happens, and changes nothing of the state.</summary>
    /// <param name="context">The context of the whole.</param>
    /// <param name="happened">The event.</param>
    /// <param name="occurredAt">When, where that is not when it was observed.</param>
    public MeetingChange Then(FrameContext context, RoomEvent happened, DateTimeOffset? occurredAt = null) =>
        Then(context, (state, own) =>
        {
            var draft = new MeetingDraft(state, own);
            draft.Add(happened, occurredAt: occurredAt);
            return draft.ToChange();
        });
}
