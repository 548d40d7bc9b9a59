namespace EyesonBridge.Eyeson.Observer;

/// <summary><c>presentation_update</c>: a screen or a file is shown, or no longer shown.</summary>
public sealed record PresentationUpdate : ObserverEvent
{
    /// <inheritdoc/>
    public override string Type => ObserverEventTypes.PresentationUpdate;

    /// <summary>The presentation that runs now; null when it has stopped.</summary>
    public Presentation? Presentation { get; init; }
}
