namespace EyesonBridge.Contracts.V1;

/// <summary>The host of a watched permalink started the meeting.</summary>
/// <remarks>From <c>GET /permalink/:token</c>. OccurredAt is <c>room.started_at</c>.</remarks>
public sealed record PermalinkMeetingStarted : RoomEvent, IObservationEvent
{
    /// <summary>Id of the permalink (wire: <c>permalink.id</c>).</summary>
    public required string PermalinkId { get; init; }

    /// <summary>Name of the room (wire: <c>room.name</c>).</summary>
    public string? Name { get; init; }
}
