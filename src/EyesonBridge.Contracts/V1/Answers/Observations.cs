namespace EyesonBridge.Contracts.V1;

/// <summary>The rooms that the bridge knows, or a page of them.</summary>
public sealed record Observations
{
    /// <summary>One for each room that is registered, or was and is still stored; by room id.</summary>
    public required IReadOnlyList<Observation> Items { get; init; }

    /// <summary>What to ask for next, as <see cref="GetObservations.After"/>; null when there are no more.</summary>
    public string? Next { get; init; }

    /// <summary>How many rooms are stored, whatever their status. On the first page only.</summary>
    public long? Total { get; init; }
}
