using EyesonBridge.Contracts.V1;
using EyesonBridge.Meetings;
using EyesonBridge.Observation.Handover;
using EyesonBridge.Outbox;
using EyesonBridge.Pacing;
using EyesonBridge.Storage;

namespace EyesonBridge.Observation.Room;

/// <summary>
/// The room as its owner knows it: how it stands, for whoever looks on, its inbox, and the turns at it. Whoever reads the
/// meeting's state, or changes anything, takes a turn.
/// </summary>
internal sealed class RoomJournal : IDisposable
{
    private readonly IBridgeStore _store;
    private readonly SemaphoreSlim _free = new(1, 1);
    private readonly RoomAppends _appends;
    private readonly RoomTurn _turn;
    private readonly CancellationToken _abandon;
    private volatile bool _isInboxPending;
    private volatile HeardFrames? _heard;

    /// <param name="store">The store.</param>
    /// <param name="row">The room as it was claimed.</param>
    /// <param name="owner">Who claimed it.</param>
    /// <param name="writer">Makes of events what the store keeps.</param>
    /// <param name="abandon">Cancelled when the process can wait for the store no longer.</param>
    /// <param name="secrets">What must not be passed on with what cannot be read.</param>
    public RoomJournal(IBridgeStore store, RoomRow row, string owner, OutboxWriter writer, CancellationToken abandon, ISecretValues? secrets = null)
    {
        _store = store;
        _abandon = abandon;
        _appends = new RoomAppends(store, abandon);
        _turn = new RoomTurn(row, owner, writer, _appends, Work, _free, secrets);
        _isInboxPending = row.IsFollowed;
        Intent = new RoomIntent(row.Intent, row.WaitUntil);
    }

    public string RoomId => _turn.RoomId;

    /// <summary>True when it is not known where the streams stood, as that could not be read: a server with a history is not asked for it.</summary>
    public bool HasLostPositions => _turn.Positions.WereUnreadable;

    public string Account => _turn.Account;

    public long Epoch => _turn.Epoch;

    /// <summary>What is known of what is wanted of the room.</summary>
    public RoomIntent Intent { get; }

    /// <summary>Of a room that was taken over from a replica that is gone, how long that takes; null for others.</summary>
    public RoomTakeover? Takeover { get; init; }

    public ObservationStatus Status => _turn.Status;

    /// <summary>Name of the reason for the status, in camelCase.</summary>
    public string? Reason => _turn.Reason;

    /// <summary>When something was last received from the room; null if nothing was since it was registered.</summary>
    public DateTimeOffset? HeardAt => _turn.HeardAt;

    /// <summary>When the last event happened, as far as this owner knows.</summary>
    public DateTimeOffset? LastEventAt => _turn.LastEventAt;

    /// <summary>The latest events.</summary>
    public RecentEvents RecentEvents => _turn.RecentEvents;

    /// <summary>The latest gaps.</summary>
    public RecentGaps RecentGaps => _turn.RecentGaps;

    /// <summary>True when the observation is over.</summary>
    public bool IsClosed => _turn.IsClosed;

    /// <summary>Cancelled as soon as something could not be written, because the room is another's or because the write failed.</summary>
    public CancellationToken Lost => _appends.Lost;

    /// <summary>Set when there is more to do that does not need a connection, and when the observation is over.</summary>
    public AsyncSignal Work { get; } = new();

    /// <summary>What is heard since the room was offered to other replicas; null while it is not.</summary>
    public HeardFrames? Heard
    {
        get => _heard;
        set => _heard = value;
    }

    /// <summary>True when something is left to do that does not need a connection.</summary>
    public bool HasWorkLeft => _isInboxPending || _turn.HasWorkLeft;

    /// <summary>Waits for a turn at the room; disposing of it ends the turn.</summary>
    /// <exception cref="OperationCanceledException">The room is <see cref="Lost"/>, or the process can wait no longer.</exception>
    public async ValueTask<RoomTurn> TakeTurnAsync()
    {
        await _free.WaitAsync(_abandon);
        if (!Lost.IsCancellationRequested)
            return _turn;

        _free.Release();
        throw new OperationCanceledException("Another process now owns the room.", Lost);
    }

    /// <summary>Something was put into the room's inbox.</summary>
    public void NotifyInbox()
    {
        _isInboxPending = true;
        Work.Set();
    }

    /// <summary>The inbox of the room as it is now; when it is empty there is nothing left to do with it.</summary>
    public async Task<IReadOnlyList<InboxEntry>> ReadInboxAsync(CancellationToken cancellationToken)
    {
        if (!_isInboxPending)
            return [];

        _isInboxPending = false; // before the look: what comes after it says so again
        var entries = await _store.ReadInboxAsync(RoomId, cancellationToken);
        _isInboxPending |= entries.Count > 0;
        return entries;
    }

    /// <summary>For a room that is <see cref="Lost"/>: rethrows what failed, unless the write was rejected.</summary>
    public Task WhenLostAsync() => _appends.FlushAsync();

    public void Dispose()
    {
        _appends.Dispose();
        _free.Dispose();
    }
}
