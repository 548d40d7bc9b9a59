namespace EyesonBridge.Contracts.V1;

/// <summary>Asks the bridge which permalinks it watches, a page at a time. Answered by <see cref="WatchedPermalinks"/>.</summary>
public sealed record GetPermalinks
{
    /// <summary>Where to go on: <see cref="WatchedPermalinks.Next"/> of the page before. The first page if omitted.</summary>
    public string? After { get; init; }

    /// <summary>How many permalinks a page has at most: 1 to 1000; 500 if omitted.</summary>
    public int? Limit { get; init; }
}
