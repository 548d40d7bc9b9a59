namespace EyesonBridge.Contracts.V1;

/// <summary>Somebody began to share a screen or a file.</summary>
/// <remarks>From <c>presentation_update</c> with a presentation.</remarks>
public sealed record PresentationStarted : RoomEvent, IMeetingEvent
{
    /// <summary>What is presented, and by whom.</summary>
    public required Presentation Presentation { get; init; }
}
