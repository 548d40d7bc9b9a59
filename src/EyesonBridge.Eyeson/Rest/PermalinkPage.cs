using System.Text.Json.Serialization;
using EyesonBridge.Eyeson.Observer.Json;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>A page of permalinks.</summary>
public sealed record PermalinkPage
{
    /// <summary>The permalinks.</summary>
    [JsonConverter(typeof(StrictListConverter<PermalinkMeeting>))]
    public required IReadOnlyList<PermalinkMeeting> Items { get; init; }

    /// <summary>Which page this is, from 1; null when the answer does not say.</summary>
    public int? Page { get; init; }

    /// <summary>Entries a page; null when the answer does not say.</summary>
    public int? Limit { get; init; }

    /// <summary>How many there are on all pages; null when the answer does not say.</summary>
    public int? Total { get; init; }

    /// <summary>Reads <c>{"items":[…]}</c> as Eyeson's SDK for PHP does; a plain list is a page as well.</summary>
    internal static PermalinkPage? Read(byte[] utf8)
    {
        if (utf8.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'[', ..])
            return RestBody.Reader(RestJson.Default.IReadOnlyListPermalinkMeeting)(utf8) is { } items ? new() { Items = items } : null;

        return RestBody.Reader(RestJson.Default.PermalinkPage, static page => page.Items is not null)(utf8);
    }
}
