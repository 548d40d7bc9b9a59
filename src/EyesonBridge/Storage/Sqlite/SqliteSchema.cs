using System.Globalization;
using SQLitePCL;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>The numbered steps of the schema, and how they are applied. The file keeps its version in <c>PRAGMA user_version</c>.</summary>
internal static class SqliteSchema
{
    /// <summary>Marks a database as the bridge's ('EYBR'), in <c>PRAGMA application_id</c>.</summary>
    public const long ApplicationId = 0x45594252;

    /// <summary>The first version that names the history in which events are numbered.</summary>
    public const int FirstWithStream = 5;

    private const string ResourcePrefix = "EyesonBridge.Storage.Sqlite.Migrations.";

    /// <summary>The steps inside the assembly, in order.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = Load();

    /// <summary>Version that this program works with.</summary>
    public static int Version => Migrations[^1].Version;

    /// <summary>Version of a database; 0 when it is empty.</summary>
    public static int ReadVersion(sqlite3 database) => (int)SqliteStatement.ReadInt64(database, "PRAGMA user_version");

    /// <summary>Applies the steps that are missing, each in a transaction: one that fails leaves the schema before it.</summary>
    public static void Upgrade(sqlite3 database, IReadOnlyList<Migration> migrations)
    {
        var version = ReadVersion(database);
        foreach (var migration in migrations)
        {
            if (migration.Version <= version)
                continue;

            SqliteStatement.Execute(database, "BEGIN IMMEDIATE");
            try
            {
                SqliteStatement.Execute(database, migration.Sql);
                SqliteStatement.Execute(database, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {migration.Version}"));
                SqliteStatement.Execute(database, "COMMIT");
            }
            finally
            {
                SqliteStatement.RollBack(database);
            }
        }
    }

    private static List<Migration> Load()
    {
        var assembly = typeof(SqliteSchema).Assembly;
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
