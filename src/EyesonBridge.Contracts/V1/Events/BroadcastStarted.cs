namespace EyesonBridge.Contracts.V1;

/// <summary>A live stream began.</summary>
/// <remarks>From <c>broadcasts_update</c>, which carries the whole list: what is new in it started.</remarks>
public sealed record BroadcastStarted : RoomEvent, IMeetingEvent
{
    /// <summary>The stream.</summary>
    public required Broadcast Broadcast { get; init; }
}
