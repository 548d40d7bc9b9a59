using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using EyesonBridge.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Hosting;

/// <summary>Opens the store before anything else starts, and closes it after everything else has stopped.</summary>
internal sealed class StoreHost(IOptions<StoreOptions> options, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    private IBridgeStore? _store;

    /// <summary>The open store.</summary>
    public IBridgeStore Store => _store ?? throw new InvalidOperationException("The store is opened before the host starts.");

    /// <summary>Opens the store.</summary>
    /// <exception cref="StoreException">It cannot be opened; the message says why, and what to do.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken) =>
        _store = options.Value.Provider switch
        {
            StoreProvider.Postgres => await PostgresStore.OpenAsync(options.Value, time, loggers.CreateLogger<PostgresStore>(), cancellationToken),
            _ => await SqliteStore.OpenAsync(options.Value.ConnectionString, time, loggers.CreateLogger<SqliteStore>(), cancellationToken),
        };

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
    }
}
