using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>A look at the database that changes nothing.</summary>
internal static class PostgresInspection
{
    /// <summary>What is found, for people.</summary>
    /// <exception cref="StoreException">The bridge could not use the database.</exception>
    public static async Task<string> RunAsync(StoreOptions options, CancellationToken cancellationToken)
    {
        await using var database = PostgresDatabase.Of(options);
        try
        {
            await using var connection = await database.ConnectAsync(cancellationToken);
            await database.RequireServerAsync(connection, cancellationToken);
            var version = await PostgresSchema.ReadVersionAsync(connection, cancellationToken);
            database.RequireKnown(version);
            if (version < PostgresSchema.Version)
                return $"{database.Place} has schema {version}; the bridge makes schema {PostgresSchema.Version} when it starts";

            await using var read = new NpgsqlCommand("SELECT count(*) FROM outbox", connection);
            return $"{database.Place} has schema {version}; {await read.ExecuteScalarAsync(cancellationToken)} events are waiting in its outbox";
        }
        catch (Exception exception) when (PostgresProblem.IsOfTheStore(exception) || exception is PostgresException)
        {
            throw new StoreException(PostgresProblem.Describe(exception, database.Place), exception);
        }
    }
}
