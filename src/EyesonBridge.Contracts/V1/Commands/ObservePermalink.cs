namespace EyesonBridge.Contracts.V1;

/// <summary>Asks the bridge to wait until the meeting of a permalink starts, and then to observe it. Idempotent.</summary>
/// <remarks>Answered by <see cref="PermalinkObservationAccepted"/> or <see cref="CommandRejected"/> when sent as a request.</remarks>
public sealed record ObservePermalink
{
    /// <summary>User or guest token of the permalink. A secret: it appears in no event and no log.</summary>
    public required string Token { get; init; }

    /// <summary>Name of the configured account whose API key owns the permalink; <c>default</c> if omitted.</summary>
    public string? Account { get; init; }

    /// <summary>True to wait for the next meeting when one ends; if omitted, only one meeting is observed.</summary>
    public bool? Recurring { get; init; }
}
