namespace EyesonBridge.Bench.Scale;

/// <summary>What came of a simulation.</summary>
/// <param name="Options">What was simulated.</param>
/// <param name="Phases">What happened, in order.</param>
/// <param name="Samples">How it looked, once a second.</param>
internal sealed record ScaleResult(ScaleOptions Options, IReadOnlyList<PhaseRecord> Phases, IReadOnlyList<Sample> Samples);
