namespace EyesonBridge.Contracts.V1;

/// <summary>Asks the bridge to stop watching a permalink. Idempotent.</summary>
/// <remarks>Answered by <see cref="PermalinkObservationStopped"/> or <see cref="CommandRejected"/> when sent as a request.</remarks>
public sealed record StopObservingPermalink
{
    /// <summary>The token the permalink was registered with.</summary>
    public required string Token { get; init; }
}
