namespace EyesonBridge.Storage.Postgres;

/// <summary>Replicas whose lease has ended, for as long as a transaction takes over what they had.</summary>
/// <remarks>
/// One that wakes up renews its lease first, then looks what it still has, and goes on publishing that. It must not look
/// between a takeover and its commit: who takes over holds the row that would be renewed, so the renewal waits for the commit.
/// </remarks>
internal static class GoneReplicas
{
    /// <summary>All that are gone; none of them comes back before this transaction ends. Who is just renewing is not among them.</summary>
    public static async Task<string[]> HoldAsync(PostgresSession session) =>
    [
        .. await session.ReadAsync(
            "SELECT owner FROM replicas WHERE lease_until <= clock_timestamp() ORDER BY owner FOR SHARE SKIP LOCKED",
            static row => row.GetString(0)),
    ];

    /// <summary>True of a replica that is known and not among the gone ones.</summary>
    /// <param name="owner">An expression that names it.</param>
    /// <param name="gone">An expression of what <see cref="HoldAsync"/> returned.</param>
    public static string MayLive(string owner, string gone) =>
        $"EXISTS (SELECT FROM replicas p WHERE p.owner = {owner} AND p.owner <> ALL({gone}))";
}
