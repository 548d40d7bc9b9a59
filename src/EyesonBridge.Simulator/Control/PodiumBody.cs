namespace EyesonBridge.Simulator.Control;

/// <summary>Body of <c>podium</c>.</summary>
internal sealed record PodiumBody(IReadOnlyList<SimulatedPodiumSegment> Podium, IReadOnlyList<SimulatedLayer>? Layers = null);
