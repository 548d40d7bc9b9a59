using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using EyesonBridge.Testing.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.Integration.Tests.Cli;

/// <summary>The commands on a database.</summary>
public sealed class PostgresStoreCommandTests(PostgresFixture postgres) : StoreCommandSuite, IClassFixture<PostgresFixture>
{
    private string _connectionString = "";
    private string _empty = "";

    private protected override async Task<IBridgeStore> OpenAsync()
    {
        _connectionString = await postgres.Server.CreateDatabaseAsync(Cancellation);
        _empty = await postgres.Server.CreateDatabaseAsync(Cancellation);
        var options = new StoreOptions { Provider = StoreProvider.Postgres, ConnectionString = _connectionString };
        return await PostgresStore.OpenAsync(options, TimeProvider.System, NullLogger<PostgresStore>.Instance, Cancellation);
    }

    private protected override void Name(Dictionary<string, string> settings, bool isMissing)
    {
        settings["Store__Provider"] = "Postgres";
        settings["Store__ConnectionString"] = isMissing ? _empty : _connectionString;
    }
}
