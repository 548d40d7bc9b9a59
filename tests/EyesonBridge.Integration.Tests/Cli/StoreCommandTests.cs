using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using EyesonBridge.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.Integration.Tests.Cli;

/// <summary>The commands on a file.</summary>
public sealed class StoreCommandTests : StoreCommandSuite
{
    private readonly TempFolder _folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Assert.False(File.Exists(_folder.Combine("none.db")));
        _folder.Dispose();
    }

    private protected override async Task<IBridgeStore> OpenAsync() => await SqliteStore.OpenAsync(
        $"Data Source={_folder.Combine("bridge.db")}", TimeProvider.System, NullLogger<SqliteStore>.Instance, Cancellation);

    private protected override void Name(Dictionary<string, string> settings, bool isMissing) =>
        settings["Store__ConnectionString"] = $"Data Source={_folder.Combine(isMissing ? "none.db" : "bridge.db")}";
}
