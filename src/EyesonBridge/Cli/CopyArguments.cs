using EyesonBridge.Storage;
using EyesonBridge.Storage.Copying;
using EyesonBridge.Storage.Postgres;

namespace EyesonBridge.Cli;

/// <summary>The two stores of <c>store copy</c>, as its arguments name them; what they leave out is taken from the settings.</summary>
/// <param name="From">The SQLite store: a path, or a connection string.</param>
/// <param name="To">The connection string of the database.</param>
/// <param name="PasswordFile">Has the password for it.</param>
internal sealed record CopyArguments(string? From, string? To, string? PasswordFile)
{
    /// <summary>True when not both are named.</summary>
    public bool NeedsSettings => From is null || To is null;

    /// <summary>The store to copy.</summary>
    /// <exception cref="CommandFailure">There is none, or it is not one of SQLite.</exception>
    public StoreOptions Source(StoreOptions settings)
    {
        if (From is null)
        {
            return settings.Provider == StoreProvider.Sqlite
                ? settings
                : throw new CommandFailure("--from is missing, and Store:Provider is Postgres. Name the file of the SQLite store: --from data/eyeson-bridge.db.", ExitCodes.Usage);
        }

        return new StoreOptions
        {
            Provider = StoreProvider.Sqlite,
            ConnectionString = SourceName.ToConnectionString(From)
                ?? throw new CommandFailure("--from must be a SQLite store: its file, or 'Data Source=FILE'. Copying goes from SQLite to PostgreSQL only.", ExitCodes.Usage),
        };
    }

    /// <summary>The database to copy to.</summary>
    /// <exception cref="CommandFailure">There is none, or what names it is wrong.</exception>
    public StoreOptions Target(StoreOptions settings)
    {
        if (To is null)
        {
            if (PasswordFile is not null)
                throw new CommandFailure("--to-password-file needs --to. With the database of the settings, Store:PasswordFile counts.", ExitCodes.Usage);
            return settings.Provider == StoreProvider.Postgres
                ? settings
                : throw new CommandFailure("--to is missing, and Store:Provider is not Postgres. Name the database: --to 'Host=HOST;Database=NAME;Username=NAME'.", ExitCodes.Usage);
        }

        var target = new StoreOptions { Provider = StoreProvider.Postgres, ConnectionString = To, PasswordFile = PasswordFile };
        var problems = PostgresSettings.Problems(target).Select(AsGiven).ToList();
        return problems.Count == 0 ? target : throw new CommandFailure(string.Join(Environment.NewLine, problems), ExitCodes.Usage);
    }

    /// <summary>A problem, with the names of the arguments where they were given.</summary>
    public string AsGiven(string problem) => To is null
        ? problem
        : problem.Replace("Store:ConnectionString", "--to", StringComparison.Ordinal).Replace("Store:PasswordFile", "--to-password-file", StringComparison.Ordinal);
}
