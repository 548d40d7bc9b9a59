using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Outbox;

/// <summary>A store that counts how many entries were read and not yet deleted: what the dispatcher holds in memory.</summary>
internal sealed class CountingStore(IBridgeStore store) : IBridgeStore
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _loaded;

    public int Loaded
    {
        get
        {
            lock (_gate)
                return _loaded;
        }
    }

    public int MostLoaded { get; private set; }

    public StoreSignals Signals => store.Signals;

    public StoreHealth Health => store.Health;

    public OutboxDepth Depth => store.Depth;

    /// <summary>Completes once so many entries are held at the same time.</summary>
    public async Task WhenReadAsync(int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_loaded >= count)
                    return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    public async Task<IReadOnlyList<OutboxEntry>> ReadOutboxAsync(long afterId, int maxCount, long maxBytes, CancellationToken cancellationToken)
    {
        var page = await store.ReadOutboxAsync(afterId, maxCount, maxBytes, cancellationToken);
        Add(page.Count);
        return page;
    }

    public Task<long> HandOverAsync(IOutboxReceiver receiver, CancellationToken cancellationToken) => store.HandOverAsync(receiver, cancellationToken);

    public async Task DeleteOutboxAsync(IReadOnlyList<OutboxRange> ranges, CancellationToken cancellationToken)
    {
        var count = (int)ranges.Sum(range => range.Count);
        await store.DeleteOutboxAsync(ranges, cancellationToken);
        Add(-count);
    }

    public Task<RegistrationResult> RegisterRoomAsync(RoomRegistration registration, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> UnregisterRoomAsync(string roomId, string source, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<RoomRow>> ListRoomsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<RoomRow?> FindRoomAsync(string roomId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<RoomRow>> ClaimRoomsAsync(string owner, TimeSpan lease, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<HeldRoom>> RenewLeasesAsync(string owner, TimeSpan lease, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> ListUnwantedRoomsAsync(string owner, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ReleaseRoomAsync(string roomId, string owner, long epoch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<AppendOutcome> AppendAsync(RoomAppend append, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task DeliverAsync(InboxEntry entry, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<InboxEntry>> ReadInboxAsync(string roomId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> ListInboxRoomsAsync(string owner, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> RegisterPermalinkAsync(PermalinkRow permalink, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> UnregisterPermalinkAsync(string token, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<PermalinkRow?> FindPermalinkAsync(string token, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<PermalinkRow>> ListWaitingPermalinksAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> UpdatePermalinkAsync(
        PermalinkRow permalink, RoomRegistration? registration, InboxEntry? notice, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task ProbeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private void Add(int count)
    {
        lock (_gate)
        {
            _loaded += count;
            MostLoaded = Math.Max(MostLoaded, _loaded);
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
