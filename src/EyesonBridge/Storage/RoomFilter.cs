using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Storage;

/// <summary>Which rooms are asked for.</summary>
internal sealed record RoomFilter
{
    /// <summary>Only rooms with one of these.</summary>
    public StatusSet Statuses { get; init; }

    /// <summary>Only rooms whose id or account contains this, in whatever case; empty takes all.</summary>
    public string Text { get; init; } = "";

    /// <summary>Only rooms of this account, in whatever case; empty takes all.</summary>
    public string Account { get; init; } = "";

    /// <summary>Of the rooms that are found, only those behind this id are told; empty begins with the first.</summary>
    public string After { get; init; } = "";

    /// <summary>True for a room that is asked for.</summary>
    public bool IsFor(string roomId, string account, ObservationStatus status) =>
        Statuses.Has(status)
        && (Account.Length == 0 || string.Equals(account, Account, StringComparison.OrdinalIgnoreCase))
        && (Text.Length == 0
            || roomId.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || account.Contains(Text, StringComparison.OrdinalIgnoreCase));
}
