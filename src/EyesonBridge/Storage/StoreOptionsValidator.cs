using System.Data.Common;
using EyesonBridge.Storage.Postgres;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Storage;

/// <summary>Finds every mistake in the section <c>Store</c>.</summary>
internal sealed class StoreOptionsValidator : IValidateOptions<StoreOptions>
{
    public ValidateOptionsResult Validate(string? name, StoreOptions options)
    {
        var problems = new List<string>();
        if (!Enum.IsDefined(options.Provider))
            problems.Add("Store:Provider must be Sqlite or Postgres.");
        if (options.Provider == StoreProvider.Postgres)
            problems.AddRange(PostgresSettings.Problems(options));
        else if (!HasFile(options.ConnectionString))
            problems.Add("Store:ConnectionString must name a file: Data Source=PATH. An in-memory database would lose everything at each restart.");
        if (options.Provider == StoreProvider.Sqlite && !string.IsNullOrEmpty(options.PasswordFile))
            problems.Add("Store:PasswordFile needs Store:Provider Postgres.");
        if (options.KeepEndedRooms < TimeSpan.FromHours(1) || options.KeepEndedRooms > TimeSpan.FromDays(3650))
            problems.Add("Store:KeepEndedRooms must be from 01:00:00 to 3650.00:00:00.");

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static bool HasFile(string connectionString)
    {
        try
        {
            var settings = new SqliteConnectionStringBuilder(connectionString);
            return settings.Mode != SqliteOpenMode.Memory
                && settings.DataSource.Length > 0
                && !settings.DataSource.Contains(":memory:", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception error) when (error is ArgumentException or DbException)
        {
            return false;
        }
    }
}
