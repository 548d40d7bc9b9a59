using System.Globalization;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>Which permalinks to list.</summary>
public sealed record PermalinkQuery
{
    /// <summary>The page, from 1; null is the first.</summary>
    public int? Page { get; init; }

    /// <summary>Entries a page; null leaves it to Eyeson, whose SDK asks for 25.</summary>
    public int? Limit { get; init; }

    /// <summary>True for those that have expired, false for those that have not, null for all.</summary>
    public bool? Expired { get; init; }

    internal string Text() => string.Join('&', Parts());

    private IEnumerable<string> Parts()
    {
        if (Page is { } page)
            yield return string.Create(CultureInfo.InvariantCulture, $"page={page}");
        if (Limit is { } limit)
            yield return string.Create(CultureInfo.InvariantCulture, $"limit={limit}");
        if (Expired is { } expired)
            yield return expired ? "expired=true" : "expired=false";
    }
}
