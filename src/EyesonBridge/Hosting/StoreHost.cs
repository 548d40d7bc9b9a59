using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using EyesonBridge.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Hosting;

/// <summary>Opens the store before anything else starts, and closes it after everything else has stopped.</summary>
internal sealed class StoreHost(IOptions<StoreOptions> options, TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private IBridgeStore? _store;

    /// <summary>The open store.</summary>
    public IBridgeStore Store => _store ?? throw new InvalidOperationException("The store is opened before the host starts.");

    /// <summary>Opens the store. If there is one, and its disk has no room left for it to be opened, waits until there is.</summary>
    /// <exception cref="StoreException">It cannot be opened; the message says why, and what to do.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken) =>
        _store = options.Value.Provider switch
        {
            StoreProvider.Postgres => await PostgresStore.OpenAsync(options.Value, time, loggers.CreateLogger<PostgresStore>(), cancellationToken),
            _ => await OpenFileAsync(cancellationToken),
        };

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
    }

    private async Task<SqliteStore> OpenFileAsync(CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger<SqliteStore>();
        var source = options.Value.ConnectionString;
        var isThere = SqliteStore.HasContent(source); // who begins with a full disk learns so at once
        for (var isTold = false; ; isTold = true)
        {
            try
            {
                return await SqliteStore.OpenAsync(source, time, logger, cancellationToken);
            }
            catch (StoreException full) when (isThere && SqliteProblem.IsDiskFull(full))
            {
                if (!isTold)
                    StorageLog.StartWaitsForRoom(logger, full.Message);
                await Task.Delay(LookEvery, time, cancellationToken);
            }
        }
    }
}
