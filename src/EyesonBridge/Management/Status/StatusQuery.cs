using System.Globalization;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;

namespace EyesonBridge.Management.Status;

/// <summary>Which rooms the status page shows.</summary>
/// <param name="State">Only rooms in this state; null takes all.</param>
/// <param name="Text">Only rooms whose id or account contains this; empty takes all.</param>
/// <param name="Page">Which page of them, from 1.</param>
internal sealed record StatusQuery(ObservationStatus? State, string Text, int Page)
{
    /// <summary>Rooms on a page.</summary>
    public const int PageSize = 100;

    private const int MostText = 128;

    /// <summary>Reads the query of an address; what makes no sense is left out.</summary>
    public static StatusQuery Read(IQueryCollection query)
    {
        var text = query["q"].ToString().Replace("\0", "", StringComparison.Ordinal).Trim();
        return new StatusQuery(
            Enum.TryParse<ObservationStatus>(query["state"], ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null,
            text.Length > MostText ? text[..MostText] : text,
            int.TryParse(query["page"], CultureInfo.InvariantCulture, out var page) && page is > 0 and < 1_000_000 ? page : 1);
    }

    /// <summary>The same for the store.</summary>
    public RoomFilter Filter => new() { Statuses = new StatusSet(State is { } state ? [state] : []), Text = Text };
}
