namespace EyesonBridge.Eyeson.Observer;

/// <summary><c>options_update</c>: the room's options after a change of the layout.</summary>
public sealed record OptionsUpdate : ObserverEvent
{
    /// <inheritdoc/>
    public override string Type => ObserverEventTypes.OptionsUpdate;

    /// <summary>All options, changed or not.</summary>
    public RoomOptions? Options { get; init; }
}
