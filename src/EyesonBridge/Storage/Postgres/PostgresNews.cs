using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>What replicas tell each other of changes (NOTIFY), so that whom it concerns need not wait until it looks by itself.</summary>
/// <param name="database">Where to listen.</param>
/// <param name="signals">Set when something has changed.</param>
/// <param name="talk">Gets what they ask each other.</param>
/// <param name="time">Clock of the pauses.</param>
internal sealed class PostgresNews(PostgresDatabase database, StoreSignals signals, Action<string> talk, TimeProvider time) : IAsyncDisposable
{
    /// <summary>The statement that tells it, with what <see cref="Tell"/> gives.</summary>
    public const string Notify = "SELECT pg_notify($1, $2)";

    /// <summary>What is wanted has changed, or there may be something to claim.</summary>
    public const string Intent = "intent";

    /// <summary>The permalinks that are watched have changed.</summary>
    public const string Permalinks = "permalinks";

    /// <summary>Something may be free that only one replica does.</summary>
    public const string Duties = "duties";

    /// <summary>Something was found of the key of an account.</summary>
    public const string Keys = "keys";

    /// <summary>Where it is told.</summary>
    public const string Channel = "eyeson_bridge";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly string _sender = Guid.NewGuid().ToString("N");
    private readonly CancellationTokenSource _closing = new();
    private Task _listening = Task.CompletedTask;

    /// <summary>Listens from now on.</summary>
    public void Begin() => _listening = Task.Run(ListenAsync);

    /// <summary>Where, and in which words, others are told of something. Sent with the commit of the transaction that says it.</summary>
    public (string Channel, string News) Tell(IReadOnlyList<string> topics) => (Channel, $"{_sender} {string.Join(',', topics)}");

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
                connection.Notification += (_, news) => Hear(news.Channel, news.Payload);
                await new PostgresSession(connection).RunAsync($"LISTEN {Channel}");
                await new PostgresSession(connection).RunAsync($"LISTEN {ReplicaTalk.Channel}");
                Hear($"? {Intent},{Permalinks},{Duties},{Keys}"); // what was said before
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

    private void Hear(string channel, string text)
    {
        if (string.Equals(channel, ReplicaTalk.Channel, StringComparison.Ordinal))
            talk(text);
        else
            Hear(text);
    }

    private void Hear(string news)
    {
        if (news.StartsWith(_sender, StringComparison.Ordinal))
            return;

        if (news.Contains(Intent, StringComparison.Ordinal))
            signals.Intent.Set();
        if (news.Contains(Permalinks, StringComparison.Ordinal))
            signals.Permalinks.Set();
        if (news.Contains(Duties, StringComparison.Ordinal))
            signals.Duties.Set();
        if (news.Contains(Keys, StringComparison.Ordinal))
            signals.Keys.Set();
    }
}
