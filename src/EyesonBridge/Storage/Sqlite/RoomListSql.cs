using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>The statements that list rooms: those behind ?1.</summary>
internal static class RoomListSql
{
    private const string All = $"SELECT {RoomColumns.Summary} FROM rooms WHERE room_id > ?1";

    private const string Over =
        $"SELECT {RoomColumns.Summary} FROM rooms INDEXED BY rooms_over WHERE {RoomColumns.IsOver} AND room_id > ?1";

    // Two parts, as no index holds all of them.
    private const string Held =
        $"SELECT {RoomColumns.Summary} FROM rooms INDEXED BY rooms_owned WHERE owner IS NOT NULL AND {RoomColumns.IsActive} AND room_id > ?1";

    private const string Free =
        $"SELECT {RoomColumns.Summary} FROM rooms INDEXED BY rooms_claimable WHERE owner IS NULL AND {RoomColumns.IsClaimable} AND {RoomColumns.IsActive} AND room_id > ?1";

    /// <summary>Looks only through the rooms that can have one of these statuses; none means all.</summary>
    public static string For(IReadOnlyCollection<ObservationStatus> statuses)
    {
        if (statuses.Count == 0)
            return All;

        var names = statuses.Distinct().Order().Select(status => $"'{RoomColumns.Name(status)}'");
        var isOne = $" AND status IN ({string.Join(", ", names)})";
        var parts = new List<string>();
        if (statuses.Any(IsOver))
            parts.Add(Over + isOne);
        if (!statuses.All(IsOver))
            parts.AddRange([Held + isOne, Free + isOne]);
        return string.Join(" UNION ALL ", parts);
    }

    private static bool IsOver(ObservationStatus status) => status is ObservationStatus.Ended or ObservationStatus.Rejected;
}
