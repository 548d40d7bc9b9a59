namespace EyesonBridge.Contracts.V1;

/// <summary>A watched permalink has expired; it is no longer watched.</summary>
public sealed record PermalinkExpired : RoomEvent, IObservationEvent
{
    /// <summary>Id of the permalink (wire: <c>permalink.id</c>).</summary>
    public required string PermalinkId { get; init; }

    /// <summary>When it expired, UTC (wire: <c>permalink.expires_at</c>).</summary>
    public required DateTimeOffset ExpiredAt { get; init; }
}
