namespace EyesonBridge.Simulator.Wire;

/// <summary>A <c>podium_update</c> event.</summary>
internal sealed record WirePodium
{
    public string Type { get; init; } = WireTypes.PodiumUpdate;

    public required IReadOnlyList<SimulatedPodiumSegment> Podium { get; init; }

    public required IReadOnlyList<SimulatedLayer> Layers { get; init; }
}
