using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage.Postgres;

/// <summary>The rules of every store, kept by PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresStoreTests(TestDatabase database) : BridgeStoreSuite, IClassFixture<TestDatabase>
{
    private bool _isOpened;

    private protected override async Task<IBridgeStore> OpenStoreAsync()
    {
        if (!_isOpened)
            await database.ClearAsync();
        _isOpened = true;
        return await database.OpenAsync();
    }

    private protected override async Task<IStoreRepair> OpenRepairAsync() =>
        await StoreRepair.OpenAsync(database.Options, Cancelled) ?? throw new InvalidOperationException("There is no store.");
}
