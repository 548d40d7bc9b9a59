namespace EyesonBridge.Contracts.V1;

/// <summary>Asks the bridge to observe a room. Idempotent.</summary>
/// <remarks>Answered by <see cref="ObservationAccepted"/> or <see cref="CommandRejected"/> when sent as a request.</remarks>
public sealed record ObserveRoom
{
    /// <summary>Id of the room at Eyeson: 1 to 128 printable characters without white space, at most 255 bytes in UTF-8.</summary>
    public required string RoomId { get; init; }

    /// <summary>Name of the configured account whose API key started the room; <c>default</c> if omitted.</summary>
    public string? Account { get; init; }

    /// <summary>Until when to wait for a room that is not running yet, UTC. If omitted, a room that is not running is rejected.</summary>
    public DateTimeOffset? WaitUntil { get; init; }
}
