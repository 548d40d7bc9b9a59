namespace EyesonBridge.Contracts.V1;

/// <summary>The permalink is registered and will be watched.</summary>
public sealed record PermalinkObservationAccepted
{
    /// <summary>Id of the permalink (wire: <c>permalink.id</c>); null while Eyeson has not answered.</summary>
    public string? PermalinkId { get; init; }

    /// <summary>Id of its room (wire: <c>room.id</c>); null while Eyeson has not answered.</summary>
    public string? RoomId { get; init; }

    /// <summary>True when it was already registered.</summary>
    public required bool AlreadyRegistered { get; init; }

    /// <summary>When the permalink expired, UTC: it is not watched, and <see cref="PermalinkExpired"/> follows. Null when it has not expired.</summary>
    public DateTimeOffset? ExpiredAt { get; init; }
}
