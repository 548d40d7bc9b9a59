namespace EyesonBridge.Storage.Postgres;

/// <summary>Who does what one replica at a time does.</summary>
internal sealed class DutyWrites(PostgresSession session)
{
    /// <summary>All that somebody has done so far.</summary>
    public Task<List<DutyRow>> ListAsync() => session.ReadAsync(
        $"SELECT name, owner, {RoomColumns.IsAlive("duties.owner")} FROM duties",
        static row => new DutyRow(row.GetString(0), row.TextOrNull(1), row.GetBoolean(2)));

    /// <summary>Takes what nobody does who lives, and tells what that is.</summary>
    public async Task<List<string>> TakeAsync(string owner, IReadOnlyList<string> duties)
    {
        var names = duties.Order(StringComparer.Ordinal).ToArray();
        var gone = await GoneReplicas.HoldAsync(session);
        await session.RunAsync("INSERT INTO duties (name) SELECT unnest($1::text[]) ON CONFLICT (name) DO NOTHING", (object)names);
        await session.RunAsync("SELECT FROM duties WHERE name = ANY($1) ORDER BY name FOR UPDATE", (object)names);
        return await session.ReadAsync(
            $"UPDATE duties SET owner = $1 WHERE name = ANY($2) AND (owner IS NULL OR NOT {GoneReplicas.MayLive("duties.owner", "$3")}) RETURNING name",
            static row => row.GetString(0),
            owner,
            names,
            gone);
    }

    /// <summary>Lets others have one, and tells them so.</summary>
    /// <param name="owner">Who has it.</param>
    /// <param name="duty">Which.</param>
    /// <param name="channel">Where they listen.</param>
    /// <param name="news">What they are told.</param>
    public Task<bool> GiveUpAsync(string owner, string duty, string channel, string news) => session.ExistsAsync(
        "WITH gone AS (UPDATE duties SET owner = NULL WHERE name = $1 AND owner = $2 RETURNING name) SELECT pg_notify($3, $4) FROM gone",
        duty,
        owner,
        channel,
        news);
}
