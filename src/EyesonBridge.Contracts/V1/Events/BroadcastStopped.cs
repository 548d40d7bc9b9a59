namespace EyesonBridge.Contracts.V1;

/// <summary>A live stream ended.</summary>
/// <remarks>From <c>broadcasts_update</c>, which carries the whole list: what is missing in it ended.</remarks>
public sealed record BroadcastStopped : RoomEvent, IMeetingEvent
{
    /// <summary>The stream, as last seen.</summary>
    public required Broadcast Broadcast { get; init; }
}
