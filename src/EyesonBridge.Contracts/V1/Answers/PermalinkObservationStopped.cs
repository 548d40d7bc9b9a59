namespace EyesonBridge.Contracts.V1;

/// <summary>The permalink is no longer registered.</summary>
public sealed record PermalinkObservationStopped
{
    /// <summary>False when it was not registered, so that nothing changed.</summary>
    public required bool WasRegistered { get; init; }
}
