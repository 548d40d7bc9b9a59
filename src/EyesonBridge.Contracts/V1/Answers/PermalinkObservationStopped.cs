namespace EyesonBridge.Contracts.V1;

/// <summary>The permalink is registered no longer.</summary>
public sealed record PermalinkObservationStopped
{
    /// <summary>False when it had not been registered, so that nothing changed.</summary>
    public required bool WasRegistered { get; init; }
}
