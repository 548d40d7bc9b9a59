using System.Text;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

/// <summary>What every store must do. One class a provider derives from it; the rules are spread over the partial files.</summary>
public abstract partial class BridgeStoreSuite : IAsyncLifetime
{
    protected static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    protected static readonly DateTimeOffset At = new(2026, 3, 1, 10, 0, 0, 123, TimeSpan.Zero);

    private IBridgeStore? _store;

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected IBridgeStore Store => _store ?? throw new InvalidOperationException("The store is not open.");

    public async ValueTask InitializeAsync() => _store = await OpenStoreAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store of this test; the first time it is empty, later it has what was written.</summary>
    private protected abstract Task<IBridgeStore> OpenStoreAsync();

    private protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        _store = await OpenStoreAsync();
    }

    private protected static RoomRegistration Registration(string room, string account = "default", string source = "command", DateTimeOffset? waitUntil = null) =>
        new(room, account, source, waitUntil, At);

    private protected static OutboxEvent Event(string payload = "{}", string? traceParent = null) =>
        new(Guid.CreateVersion7(At), "ParticipantJoined", Encoding.UTF8.GetBytes(payload), traceParent);

    /// <summary>An append of the holder of <paramref name="room"/> that observes it.</summary>
    private protected static RoomAppend Append(RoomRow room, long fromSequence, params OutboxEvent[] events) => new()
    {
        RoomId = room.RoomId,
        Owner = room.Owner!,
        Epoch = room.Epoch,
        FromSequence = fromSequence,
        Status = ObservationStatus.Observing,
        At = At.AddMinutes(1),
        Events = events,
    };

    /// <summary>Registers a room and claims it, and nothing else.</summary>
    private protected async Task<RoomRow> HoldAsync(string room, string owner = "me", TimeSpan? lease = null)
    {
        await Store.RegisterRoomAsync(Registration(room), Cancelled);
        return Assert.Single(await Store.ClaimRoomsAsync(owner, lease ?? Lease, 1, Cancelled));
    }

    private protected async Task<RoomRow> FindAsync(string room) =>
        await Store.FindRoomAsync(room, Cancelled) ?? throw new InvalidOperationException("No such room.");

    private protected Task<IReadOnlyList<OutboxEntry>> ReadOutboxAsync() => Store.ReadOutboxAsync(0, int.MaxValue, long.MaxValue, Cancelled);
}
