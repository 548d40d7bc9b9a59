using System.Globalization;
using EyesonBridge.Storage.Postgres;
using EyesonBridge.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EyesonBridge.Storage.Copying;

/// <summary>
/// Moves a SQLite store to PostgreSQL. Rooms, numbers and what waits are the same there, and so is the history: for consumers
/// the bridge only paused.
/// </summary>
/// <param name="progress">Told how far it is, in words.</param>
/// <param name="time">Clock of that.</param>
/// <param name="logger">Logger.</param>
internal sealed class StoreCopy(Action<string> progress, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);

    /// <summary>Copies all of it, compares both, and commits. Until then the target is as it was.</summary>
    /// <param name="source">The SQLite store.</param>
    /// <param name="target">The database.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <exception cref="StoreException">It was not copied.</exception>
    public async Task<CopyResult> RunAsync(StoreOptions source, StoreOptions target, CancellationToken cancellationToken)
    {
        using var from = await Task.Run(() => CopySource.Open(source.ConnectionString, logger), cancellationToken);
        var place = PostgresSettings.Place(PostgresSettings.Complete(target));
        try
        {
            await using var to = await CopyTarget.OpenAsync(target, logger, cancellationToken);
            foreach (var table in CopiedTables.All)
                await CopyAsync(from, to, table, cancellationToken);
            await to.ContinueAsync(from.StreamId, from.LastId("outbox"), from.LastId("inbox"), from.LastIntent, cancellationToken);
            var counts = new List<CopiedCount>();
            foreach (var table in CopiedTables.All)
                counts.Add(await CompareAsync(from, to, table, cancellationToken));
            from.GiveUpStream(); // before the commit: never do two stores number the same history
            await CommitAsync(to);
            return new CopyResult(from.Path, to.Place, from.StreamId, counts);
        }
        catch (PostgresException refused) when (string.Equals(refused.SqlState, PostgresErrorCodes.InsufficientPrivilege, StringComparison.Ordinal))
        {
            throw new StoreException(
                $"The user may not do that in {place} ({refused.MessageText}). Copy as the owner of the tables; the bridge itself needs no more than deploy/postgres/grants.sql grants.",
                refused);
        }
        catch (SqliteException failed)
        {
            throw new StoreException(SqliteProblem.Describe(failed, from.Path), failed);
        }
        catch (Exception failed) when (PostgresProblem.IsOfTheStore(failed) || failed is PostgresException)
        {
            throw new StoreException($"{PostgresProblem.Describe(failed, place)} Nothing was copied.", failed);
        }
    }

    private async Task CopyAsync(CopySource from, CopyTarget to, CopiedTable table, CancellationToken cancellationToken)
    {
        var total = from.Count(table.Name);
        long copied = 0;
        var toldAt = time.GetTimestamp();
        using var row = from.Prepare(table.Select);
        await using (var importer = await to.ImportAsync(table, cancellationToken))
        {
            while (row.Step())
            {
                await CopyTarget.WriteAsync(importer, table.Read(row), cancellationToken);
                copied++;
                if (time.GetElapsedTime(toldAt) < TellEvery)
                    continue;

                toldAt = time.GetTimestamp();
                Tell(copied);
            }

            await importer.CompleteAsync(cancellationToken);
        }

        Tell(copied);

        void Tell(long done) => progress(string.Create(CultureInfo.InvariantCulture, $"copied {done} of {total} {table.Words}"));
    }

    /// <summary>Reads both in one order: the same rooms with the same numbers, and the same events of each in the same order.</summary>
    private static async Task<CopiedCount> CompareAsync(CopySource from, CopyTarget to, CopiedTable table, CancellationToken cancellationToken)
    {
        using var source = from.Prepare($"SELECT {string.Join(", ", table.Proof)} FROM {table.Name} ORDER BY {table.Order}");
        await using var query = to.Command(
            $"SELECT {string.Join(", ", table.Proof.Select(static expression => $"CAST({expression} AS text)"))} FROM {table.Name} ORDER BY {table.Order}");
        await using var target = await query.ExecuteReaderAsync(cancellationToken);
        long row = 0;
        while (source.Step())
        {
            row++;
            if (!await target.ReadAsync(cancellationToken) || !Enumerable.Range(0, table.Proof.Count).All(IsSame))
                throw Differs();
        }

        if (await target.ReadAsync(cancellationToken))
            throw Differs();

        await target.DisposeAsync();
        return new CopiedCount(table.Name, table.Words, from.Count(table.Name), await to.CountAsync(table.Name, cancellationToken));

        bool IsSame(int column) => string.Equals(source.Text(column), target.GetString(column), StringComparison.Ordinal);

        StoreException Differs() => new(
            string.Create(CultureInfo.InvariantCulture, $"The copy of {table.Name} in {to.Place} differs from {from.Path} in row {row}. Nothing was copied. Check the database for triggers and rules on that table, and copy again."));
    }

    private static async Task CommitAsync(CopyTarget to)
    {
        try
        {
            await to.CommitAsync();
        }
        catch (Exception failed) when (failed is not PostgresException && PostgresProblem.IsOfTheStore(failed))
        {
            throw new StoreException(
                $"{PostgresProblem.Describe(failed, to.Place)} Whether the copy is complete there is not known. Copy again: if the database is refused as not empty, it is.",
                failed);
        }
    }
}
