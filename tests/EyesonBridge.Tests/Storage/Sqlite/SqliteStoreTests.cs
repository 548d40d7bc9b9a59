using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using EyesonBridge.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.Tests.Storage.Sqlite;

/// <summary>The rules of every store, kept by SQLite.</summary>
public sealed class SqliteStoreTests : BridgeStoreSuite
{
    private readonly TempFolder _folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    private protected override async Task<IBridgeStore> OpenStoreAsync() =>
        await SqliteStore.OpenAsync($"Data Source={_folder.Combine("bridge.db")}", TimeProvider.System, NullLogger<SqliteStore>.Instance, Cancelled);

    private protected override Task<IStoreRepair> OpenRepairAsync() => Task.FromResult<IStoreRepair>(SqliteRepair.Open($"Data Source={_folder.Combine("bridge.db")}"));
}
