namespace EyesonBridge.Contracts.V1;

/// <summary>Asks the bridge which rooms it observes. Answered by <see cref="Observations"/>.</summary>
public sealed record GetObservations;
