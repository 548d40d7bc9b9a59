using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;

namespace EyesonBridge.Storage.Postgres;

/// <summary>
/// What replicas ask each other, over the database's NOTIFY: nobody needs another's address, and nothing is stored. Who is
/// asked answers one question after the other, and leaves out those that are too many.
/// </summary>
internal sealed class ReplicaTalk(PostgresWork work, TimeProvider time) : IReplicaGroup, IAsyncDisposable
{
    /// <summary>The channel, which is not that of news: earlier versions do not listen to it.</summary>
    public const string Channel = "eyeson_bridge_talk";

    private const string Question = "ask";
    private const string Reply = "answer";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Asked> _asked = new(StringComparer.Ordinal);
    private readonly Channel<(string Id, string Question)> _questions = System.Threading.Channels.Channel.CreateBounded<(string, string)>(
        new BoundedChannelOptions(32) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly CancellationTokenSource _closing = new();
    private Task _answering = Task.CompletedTask;
    private string? _owner;

    /// <inheritdoc/>
    public Func<string, CancellationToken, Task<string?>>? Answer { get; set; }

    /// <inheritdoc/>
    public Func<int>? Handshakes { get; set; }

    /// <inheritdoc/>
    public int MostBytes => 7500; // PostgreSQL takes less than 8000, with what is before it

    /// <summary>Answers from now on.</summary>
    public void Begin(string owner)
    {
        _owner = owner;
        _answering = Task.Run(AnswerAsync, CancellationToken.None);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LiveReplica>> ListAsync(CancellationToken cancellationToken) =>
        await work.ReadAsync(static reads => reads.ListReplicasAsync(), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> OldestOfAsync(IReadOnlyCollection<string> roomIds, CancellationToken cancellationToken) =>
        await work.ReadAsync(reads => reads.ReadOldestOfAsync(roomIds), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, string>> AskAsync(IReadOnlyCollection<string> owners, string question, CancellationToken cancellationToken)
    {
        if (owners.Count == 0)
            return new Dictionary<string, string>(StringComparer.Ordinal);

        var id = Guid.NewGuid().ToString("N");
        var asked = _asked[id] = new Asked(owners);
        try
        {
            foreach (var group in Groups(owners, question))
                await SayAsync($"{Question} {id} {group} {question}", cancellationToken);
            await asked.Answered.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Frozen, starting, or of an earlier version: what the others said is told.
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }

        return asked.Answers;
    }

    /// <summary>Something was said on the channel.</summary>
    public void Hear(string said)
    {
        if (said.Split(' ', 4) is not [var kind, var id, var whom, var text])
            return;

        if (kind is Reply && _asked.TryGetValue(id, out var asked))
            asked.Take(whom, text);
        else if (kind is Question && whom.Split(',').Contains(_owner, StringComparer.Ordinal))
            _questions.Writer.TryWrite((id, text));
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _answering;
        _closing.Dispose();
    }

    private async Task AnswerAsync()
    {
        try
        {
            await foreach (var (id, question) in _questions.Reader.ReadAllAsync(_closing.Token))
                await AnswerAsync(id, question);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Closed.
        }
    }

    private async Task AnswerAsync(string id, string question)
    {
        try
        {
            if (Answer is { } answer && await answer(question, _closing.Token) is { } text)
                await SayAsync($"{Reply} {id} {_owner} {text}", _closing.Token);
        }
        catch (Exception exception) when (exception is StoreException or ObjectDisposedException)
        {
            // The database is away; health says so.
        }
    }

    /// <summary>The names of whom is asked, so many together as what is said may be long.</summary>
    private IEnumerable<string> Groups(IEnumerable<string> owners, string question)
    {
        var most = MostBytes - Encoding.UTF8.GetByteCount(question);
        var group = new StringBuilder();
        var bytes = 0;
        foreach (var owner in owners)
        {
            var more = Encoding.UTF8.GetByteCount(owner) + 1;
            if (group.Length > 0 && bytes + more > most)
            {
                yield return group.ToString();
                group.Clear();
                bytes = 0;
            }

            if (group.Length > 0)
                group.Append(',');
            group.Append(owner);
            bytes += more;
        }

        if (group.Length > 0)
            yield return group.ToString();
    }

    private Task<bool> SayAsync(string text, CancellationToken cancellationToken) => work.ReadAsync(reads => reads.SayAsync(Channel, text), cancellationToken);

    /// <summary>A question that waits for answers.</summary>
    private sealed class Asked(IReadOnlyCollection<string> owners)
    {
        private readonly ConcurrentDictionary<string, string> _answers = new(StringComparer.Ordinal);
        private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyDictionary<string, string> Answers => _answers;

        public Task Answered => _answered.Task;

        public void Take(string owner, string text)
        {
            if (owners.Contains(owner, StringComparer.Ordinal) && _answers.TryAdd(owner, text) && _answers.Count == owners.Count)
                _answered.TrySetResult();
        }
    }
}
