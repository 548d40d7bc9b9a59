namespace EyesonBridge.Contracts.V1;

/// <summary>The rooms that the bridge knows.</summary>
public sealed record Observations
{
    /// <summary>One for each room that is registered, or was and is still stored; by room id.</summary>
    public required IReadOnlyList<Observation> Items { get; init; }
}
