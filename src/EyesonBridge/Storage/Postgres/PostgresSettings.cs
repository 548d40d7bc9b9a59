using System.Data.Common;
using System.Net;
using System.Runtime.CompilerServices;
using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>How to reach the database: what the settings say, and what the bridge needs.</summary>
internal static class PostgresSettings
{
    private const int MostConnections = 12;
    private const int ConnectSeconds = 3;
    private const int CommandSeconds = 5;

    private static readonly SslMode[] Strict = [SslMode.VerifyFull, SslMode.VerifyCA];

    /// <summary>What is wrong with a connection string; it is never repeated, as it can hold a password.</summary>
    public static IEnumerable<string> Problems(StoreOptions options)
    {
        if (TryRead(options) is not { } settings)
        {
            yield return "Store:ConnectionString cannot be read. For Postgres it should look like: Host=db.example.com;Database=eyeson_bridge;Username=eyeson_bridge.";
            yield break;
        }

        if (string.IsNullOrWhiteSpace(settings.Host))
            yield return "Store:ConnectionString must name a host (Host=HOST, or several with commas between).";
        if (string.IsNullOrWhiteSpace(settings.Database))
            yield return "Store:ConnectionString must name a database (Database=NAME).";
        if (settings.Multiplexing)
            yield return "Store:ConnectionString must not have Multiplexing: the bridge's transactions need connections of their own.";
        if (options.PasswordFile is { Length: > 0 } file)
        {
            if (!File.Exists(file))
                yield return $"Store:PasswordFile: the file '{file}' does not exist.";
            if (settings.Password is { Length: > 0 })
                yield return "Store:PasswordFile is set, and Store:ConnectionString has a password too. Keep one of them.";
        }

        if (IsForeign(settings) && Has(options, "SSL Mode") && settings.SslMode != SslMode.Disable && !Strict.Contains(settings.SslMode))
            yield return $"Store:ConnectionString has 'SSL Mode={settings.SslMode}', which does not check whom it is talking to. Use VerifyFull, which is also what counts without it.";
        if (Has(options, "Trust Server Certificate"))
            yield return "Store:ConnectionString must not have 'Trust Server Certificate'. Name the authority's certificate: 'Root Certificate=FILE'.";
    }

    /// <summary>What to say of a connection that is not encrypted and leaves this machine; null otherwise.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // with another store, the driver is not loaded
    public static string? Warning(StoreOptions options) =>
        options.Provider == StoreProvider.Postgres && TryRead(options) is { SslMode: SslMode.Disable } settings && IsForeign(settings)
            ? $"Store:ConnectionString leads to {settings.Host} without encryption: the tokens of permalinks and everything in the meetings can be read and changed on the way. Remove 'SSL Mode=Disable'."
            : null;

    /// <summary>The connection string that is used.</summary>
    public static NpgsqlConnectionStringBuilder Complete(StoreOptions options)
    {
        var settings = TryRead(options) ?? throw new StoreException("Store:ConnectionString cannot be read.");
        if (!Has(options, "SSL Mode") && IsForeign(settings))
            settings.SslMode = SslMode.VerifyFull;
        if (!Has(options, "Timeout"))
            settings.Timeout = ConnectSeconds;
        if (!Has(options, "Command Timeout"))
            settings.CommandTimeout = CommandSeconds;
        if (!Has(options, "Maximum Pool Size", "Max Pool Size"))
            settings.MaxPoolSize = MostConnections;
        if (!Has(options, "Application Name"))
            settings.ApplicationName = "eyeson-bridge";
        if (!Has(options, "Target Session Attributes") && settings.Host!.Contains(',', StringComparison.Ordinal))
            settings.TargetSessionAttributes = "read-write"; // after a failover, the one that can be written to
        settings.CancellationTimeout = -1; // who does not answer a statement does not answer its cancellation: the connection goes
        settings.Multiplexing = false;
        settings.NoResetOnClose = true; // what a connection was set to when it was opened stays
        settings.Enlist = false;
        settings.IncludeErrorDetail = false; // details repeat values
        settings.MaxAutoPrepare = 100;
        settings.AutoPrepareMinUsages = 2;
        settings.KeepAlive = 30;
        return settings;
    }

    /// <summary>Where the database is, for people: without user and password.</summary>
    public static string Place(NpgsqlConnectionStringBuilder settings) => $"the database {settings.Database} at {settings.Host}";

    private static NpgsqlConnectionStringBuilder? TryRead(StoreOptions options)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(options.ConnectionString);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>True when the connection string itself says something; names are written in several ways.</summary>
    private static bool Has(StoreOptions options, params ReadOnlySpan<string> names)
    {
        foreach (string key in new DbConnectionStringBuilder { ConnectionString = options.ConnectionString }.Keys)
        {
            foreach (var name in names)
            {
                if (string.Equals(key.Replace(" ", "", StringComparison.Ordinal), name.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }

    private static bool IsForeign(NpgsqlConnectionStringBuilder settings) =>
        (settings.Host ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Any(static host => !IsOfThisMachine(host));

    private static bool IsOfThisMachine(string host)
    {
        if (host.StartsWith('/') || string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase))
            return true;

        var name = host.Count(static letter => letter == ':') == 1 ? host[..host.IndexOf(':', StringComparison.Ordinal)] : host;
        return string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));
    }
}
