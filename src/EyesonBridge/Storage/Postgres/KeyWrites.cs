namespace EyesonBridge.Storage.Postgres;

/// <summary>What replicas found of the API keys of accounts.</summary>
internal sealed class KeyWrites(PostgresSession session)
{
    /// <inheritdoc cref="IBridgeStore.NoteKeyAsync"/>
    public async Task<bool> NoteAsync(KeyFinding finding)
    {
        // That a key is accepted is news only where one was rejected.
        var isNew = finding.IsRefused
            ? await session.RunAsync(
                """
                INSERT INTO account_keys (account, fingerprint, refused, at) VALUES ($1, $2, true, clock_timestamp())
                ON CONFLICT (account) DO UPDATE SET fingerprint = excluded.fingerprint, refused = true, at = excluded.at
                """,
                finding.Account,
                finding.Fingerprint)
            : await session.RunAsync(
                "UPDATE account_keys SET fingerprint = $2, refused = false, at = clock_timestamp() WHERE account = $1 AND refused",
                finding.Account,
                finding.Fingerprint);
        session.HasKeys = isNew > 0;
        return isNew > 0;
    }

    /// <inheritdoc cref="IBridgeStore.ListKeysAsync"/>
    public Task<List<KeyFinding>> ListAsync() => session.ReadAsync(
        "SELECT account, fingerprint, refused, (extract(epoch FROM at) * 1000000)::bigint FROM account_keys ORDER BY account",
        static row => new KeyFinding(row.GetString(0), row.GetString(1), row.GetBoolean(2))
        {
            At = DateTimeOffset.UnixEpoch.AddMicroseconds(row.GetInt64(3)),
        });
}
