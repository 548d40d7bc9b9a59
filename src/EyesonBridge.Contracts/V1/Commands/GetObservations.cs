namespace EyesonBridge.Contracts.V1;

/// <summary>Asks the bridge which rooms it observes, a page at a time. Answered by <see cref="Observations"/>.</summary>
public sealed record GetObservations
{
    /// <summary>Only observations with one of these statuses; all if omitted or empty.</summary>
    public IReadOnlyList<ObservationStatus>? Statuses { get; init; }

    /// <summary>Only rooms behind this id: <see cref="Observations.Next"/> of the page before. The first page if omitted.</summary>
    public string? After { get; init; }

    /// <summary>How many observations a page has at most: 1 to 1000; 500 if omitted.</summary>
    public int? Limit { get; init; }
}
