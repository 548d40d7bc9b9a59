using System.Globalization;
using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>The numbered steps of the schema, and how they are applied. The table <c>store</c> keeps its version.</summary>
internal static class PostgresSchema
{
    /// <summary>The oldest server that is worked with, as it numbers itself.</summary>
    public const int OldestServer = 140000;

    private const long Lock = 0x45594252; // 'EYBR'
    private const string ResourcePrefix = "EyesonBridge.Storage.Postgres.Migrations.";

    /// <summary>The steps inside the assembly, in order.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = Load();

    /// <summary>Version that this program works with.</summary>
    public static int Version => Migrations[^1].Version;

    /// <summary>Version of a database; 0 when it is empty.</summary>
    public static async Task<int> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Not by to_regclass: what that has once looked for in vain it does not see when another has made it meanwhile.
        await using var exists = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relname = 'store' AND n.nspname = ANY(current_schemas(false)))",
            connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
            return 0;

        await using var read = new NpgsqlCommand("SELECT schema_version FROM store", connection);
        return await read.ExecuteScalarAsync(cancellationToken) is int version ? version : 0;
    }

    /// <summary>Applies the steps that are missing, all in one transaction. One replica does it; others that start meanwhile wait for it.</summary>
    /// <returns>The version that it found.</returns>
    public static async Task<int> UpgradeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var found = await ReadVersionAsync(connection, cancellationToken);
        if (found >= Version)
            return found;

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_xact_lock({Lock})"), cancellationToken);
        found = await ReadVersionAsync(connection, cancellationToken);
        foreach (var migration in Migrations.Where(migration => migration.Version > found))
        {
            await ExecuteAsync(connection, migration.Sql, cancellationToken);
            await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"UPDATE store SET schema_version = {migration.Version}"), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return found;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static List<Migration> Load()
    {
        var assembly = typeof(PostgresSchema).Assembly;
        var migrations = new List<Migration>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var number = name.AsSpan(ResourcePrefix.Length, 4);
            migrations.Add(new Migration(int.Parse(number, CultureInfo.InvariantCulture), reader.ReadToEnd()));
        }

        migrations.Sort((one, other) => one.Version.CompareTo(other.Version));
        return migrations;
    }

    /// <summary>One step of the schema.</summary>
    /// <param name="Version">Number of the schema after it; 1, 2, 3 …</param>
    /// <param name="Sql">What it does.</param>
    internal sealed record Migration(int Version, string Sql);
}
