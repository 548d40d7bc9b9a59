using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>What replicas tell each other of changes (NOTIFY), so that whom it concerns need not wait until it looks by itself.</summary>
internal sealed class PostgresNews(PostgresDatabase database, StoreSignals signals, TimeProvider time) : IAsyncDisposable
{
    private const string Channel = "eyeson_bridge";
    private const string Intent = "intent";
    private const string Permalinks = "permalinks";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string _sender = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource _closing = new();
    private Task _listening = Task.CompletedTask;

    /// <summary>Listens from now on.</summary>
    public void Begin() => _listening = Task.Run(ListenAsync);

    /// <summary>What a transaction has to say; null for nothing. Sent with its commit.</summary>
    public (string Sql, object?[] Values)? Say(bool hasIntent, bool hasPermalinks)
    {
        if (!hasIntent && !hasPermalinks)
            return null;

        var news = hasIntent && hasPermalinks ? $"{Intent},{Permalinks}" : hasIntent ? Intent : Permalinks;
        return ("SELECT pg_notify($1, $2)", [Channel, $"{_sender} {news}"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _listening;
        _closing.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.ConnectAsync(_closing.Token);
                connection.Notification += (_, news) => Hear(news.Payload);
                await new PostgresSession(connection).RunAsync($"LISTEN {Channel}");
                Hear($"? {Intent},{Permalinks}"); // what was said before
                while (true)
                    await connection.WaitAsync(_closing.Token);
            }
            catch (OperationCanceledException) when (_closing.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (PostgresProblem.IsOfTheStore(exception) || exception is PostgresException)
            {
                await Task.Delay(Pause, time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Hear(string news)
    {
        if (news.StartsWith(_sender, StringComparison.Ordinal))
            return;

        if (news.Contains(Intent, StringComparison.Ordinal))
            signals.Intent.Set();
        if (news.Contains(Permalinks, StringComparison.Ordinal))
            signals.Permalinks.Set();
    }
}
