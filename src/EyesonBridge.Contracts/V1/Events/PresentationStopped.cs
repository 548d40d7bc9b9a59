namespace EyesonBridge.Contracts.V1;

/// <summary>The presentation ended.</summary>
/// <remarks>From <c>presentation_update</c> with <c>presentation: null</c>, or with another presenter.</remarks>
public sealed record PresentationStopped : RoomEvent, IMeetingEvent
{
    /// <summary>What was presented, and by whom.</summary>
    public required Presentation Presentation { get; init; }
}
