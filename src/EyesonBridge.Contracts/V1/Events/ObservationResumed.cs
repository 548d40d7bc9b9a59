namespace EyesonBridge.Contracts.V1;

/// <summary>The room is subscribed again after an interruption.</summary>
public sealed record ObservationResumed : RoomEvent, IObservationEvent
{
    /// <summary>The last moment before the gap at which the room was heard, UTC.</summary>
    public required DateTimeOffset GapFrom { get; init; }

    /// <summary>The moment at which the room was subscribed again, UTC.</summary>
    public required DateTimeOffset GapTo { get; init; }

    /// <summary>What the gap had hidden and was found afterwards: how many events of each type follow this one with another origin than live. Empty when nothing had changed.</summary>
    public required IReadOnlyDictionary<string, int> Recovered { get; init; }

    /// <summary>Types of event that may have been missed for good, because Eyeson keeps no record of them.</summary>
    public required IReadOnlyList<string> Unrecoverable { get; init; }
}
