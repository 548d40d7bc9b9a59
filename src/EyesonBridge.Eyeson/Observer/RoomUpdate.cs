namespace EyesonBridge.Eyeson.Observer;

/// <summary>
/// <c>room_update</c>: the whole state of the room. It is sent after each subscription, when the room becomes ready, and
/// when it shuts down (<c>shutdown: true</c>); the socket closes after the latter.
/// </summary>
public sealed record RoomUpdate : ObserverEvent
{
    /// <inheritdoc/>
    public override string Type => ObserverEventTypes.RoomUpdate;

    /// <summary>The room: the observer's <c>content</c>, or <c>room</c> in a webhook.</summary>
    public Room? Room { get; init; }
}
