namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>The observer says <c>content</c>, the webhook <c>room</c>.</summary>
internal sealed record RoomUpdateBody
{
    public Room? Content { get; init; }

    public Room? Room { get; init; }

    public Room? Either => Content ?? Room;
}
