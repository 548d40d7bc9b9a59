namespace EyesonBridge.Contracts.V1;

/// <summary>The permalinks that the bridge watches, or a page of them.</summary>
public sealed record WatchedPermalinks
{
    /// <summary>One for each token that is registered, in no order that means anything.</summary>
    public required IReadOnlyList<WatchedPermalink> Items { get; init; }

    /// <summary>What to ask for next, as <see cref="GetPermalinks.After"/>; null when there are no more.</summary>
    public string? Next { get; init; }
}
