namespace EyesonBridge.Contracts.V1;

/// <summary>The room is subscribed again after an interruption.</summary>
public sealed record ObservationResumed : RoomEvent, IObservationEvent
{
    /// <summary>The last moment before the gap at which something was received from the room, UTC.</summary>
    public required DateTimeOffset GapFrom { get; init; }

    /// <summary>The moment at which the room was subscribed again, UTC.</summary>
    public required DateTimeOffset GapTo { get; init; }

    /// <summary>What was recovered from the gap: how many events of each type follow this one with an origin other than live. Empty when nothing had changed.</summary>
    public required IReadOnlyDictionary<string, int> Recovered { get; init; }

    /// <summary>Event types that may have been missed permanently, because Eyeson keeps no record of them.</summary>
    public required IReadOnlyList<string> Unrecoverable { get; init; }
}
