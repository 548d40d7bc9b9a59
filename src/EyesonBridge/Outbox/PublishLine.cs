using EyesonBridge.Pacing;
using EyesonBridge.Storage;

namespace EyesonBridge.Outbox;

/// <summary>
/// The rooms of one channel: what of them is in memory, what is on its way, and whose turn it is. Rooms take turns; one
/// that cannot be published is set apart, and holds up nobody else.
/// </summary>
internal sealed partial class PublishLine
{
    private static readonly TimeSpan RetryWithin = TimeSpan.FromSeconds(1);
    private const int MostDoublings = 5;
    private static readonly PublishingException Skipped = new("a command skipped it");
    private static readonly PublishingException Elsewhere = new("another replica publishes the room");

    private readonly Lock _gate = new();
    private readonly PublishWindow _healthy;
    private readonly PublishWindow _troubled = new(PublishWindow.TroubledRooms);
    private readonly PublishWindow _slow = new(int.MaxValue);
    private readonly RoomLanes _lanes;
    private readonly LaneMemory _memory;
    private readonly ConfirmedEntries _confirmed;
    private readonly DispatcherProgress _progress;
    private readonly TimeProvider _time;
    private readonly List<OutboxEntry> _finished = [];
    private long _confirmedAt;
    private bool _hasNew;

    public PublishLine(LaneMemory memory, ConfirmedEntries confirmed, DispatcherProgress progress, TimeProvider time)
    {
        (_memory, _confirmed, _progress, _time) = (memory, confirmed, progress, time);
        _healthy = new PublishWindow(PublishWindow.OfAChannel);
        _lanes = new RoomLanes(memory, progress, _healthy);
    }

    /// <summary>Set when there is something to send.</summary>
    public WorkSignal HasWork { get; } = new();

    /// <summary>The same for rooms that are published apart from the others.</summary>
    public WorkSignal HasTroubledWork { get; } = new();

    /// <summary>Called when a room has spilled and there is room for it in memory again.</summary>
    public Action WantsMore { get; init; } = static () => { };

    /// <inheritdoc cref="RoomLanes.AreDrained"/>
    public bool IsDrained
    {
        get
        {
            lock (_gate)
                return _lanes.AreDrained;
        }
    }

    /// <summary>True when nothing waits, whether it can be published or not.</summary>
    public bool IsEmpty => IsDrained && OldestAt is null;

    /// <summary>When the oldest entry was appended; null when none waits.</summary>
    public DateTimeOffset? OldestAt
    {
        get
        {
            lock (_gate)
                return _lanes.All.Min(static lane => lane.First?.Entry.CreatedAt);
        }
    }

    /// <summary>When the oldest entry of the room was appended; null when none waits.</summary>
    public DateTimeOffset? OldestOf(string roomId)
    {
        lock (_gate)
            return _lanes.Find(roomId)?.First?.Entry.CreatedAt;
    }

    /// <summary>Position in the outbox of the room's first entry that is not in memory; null when all are.</summary>
    public long? SpilledFrom(string roomId)
    {
        lock (_gate)
            return _lanes.Find(roomId)?.SpilledFrom;
    }

    /// <summary>
    /// Takes an entry that was committed just now. One that finds no room in memory stays in the outbox, and so do those
    /// behind it. <see cref="SendNew"/> follows.
    /// </summary>
    public void Add(OutboxEntry entry)
    {
        lock (_gate)
        {
            if (_lanes.Add(entry) is not { } lane || !TryQueue(lane))
                return;

            if (lane.IsTroubled)
                HasTroubledWork.Set();
            else
                _hasNew = true;
        }
    }

    /// <summary>Wakes the sender for what was added, if it waits, on this thread: that saves two switches of threads for a commit.</summary>
    public void SendNew()
    {
        lock (_gate)
        {
            if (!_hasNew)
                return;
            _hasNew = false;
        }

        HasWork.SetHere();
    }

    /// <summary>Takes an entry of before the start, in order. One that finds no room stays in the outbox.</summary>
    public void TryLoadEarlier(OutboxEntry entry)
    {
        lock (_gate)
            TryEnqueue(_lanes.AddEarlier(entry));
    }

    /// <inheritdoc cref="RoomLanes.EndCatchingUp"/>
    public void EndCatchingUp()
    {
        lock (_gate)
            _lanes.EndCatchingUp();
        WantsMore();
    }

    /// <summary>Adds the rooms of which more should be read, and from which position on.</summary>
    public void AddHungry(Dictionary<string, SpilledRoom> rooms)
    {
        lock (_gate)
            _lanes.AddHungry(rooms);
    }

    /// <summary>Takes an entry of a room that had spilled.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="from">Position from which the room has been read on, up to this entry.</param>
    /// <returns>False when there is no room for it, or the room has to be read from elsewhere by now.</returns>
    public bool TryLoadSpilled(OutboxEntry entry, long from)
    {
        lock (_gate)
            return TryEnqueue(_lanes.AddSpilled(entry, from));
    }

    /// <summary>The outbox was read to its end: of a spilled room that nothing new has come of, nothing is left there.</summary>
    public void NoteReadThrough(string roomId, SpilledRoom spilled)
    {
        lock (_gate)
            _lanes.NoteReadThrough(roomId, spilled);
    }

    /// <summary>Takes what is to be sent next, as far as the window allows.</summary>
    /// <param name="next">Filled from the start.</param>
    /// <param name="troubled">Which rooms are meant.</param>
    /// <returns>How many there are.</returns>
    public int Take(PublishReceipt[] next, bool troubled)
    {
        var count = 0;
        var now = _time.GetTimestamp();
        lock (_gate)
        {
            var window = WindowOf(troubled);
            while (count < next.Length && window is { IsFull: false } && window.TryDequeue(out var lane))
            {
                for (var row = 0; row < PublishWindow.InARow && count < next.Length && !window.IsFull && CanSend(lane); row++)
                    next[count++] = lane.Send(now).CurrentAttempt;
                Enqueue(lane);
            }
        }

        return count;
    }

    /// <summary>The broker has these.</summary>
    /// <param name="receipts">What it confirmed; those that count are moved to the start.</param>
    /// <param name="outcome">Gets what follows from that.</param>
    /// <returns>Those that count: an attempt that was given up meanwhile is repeated, and the broker can still confirm it.</returns>
    public ReadOnlySpan<PublishReceipt> Confirm(Span<PublishReceipt> receipts, ConfirmOutcome outcome)
    {
        var count = 0;
        lock (_gate)
        {
            _confirmedAt = _time.GetTimestamp();
            foreach (var receipt in receipts)
            {
                var publication = receipt.Publication;
                if (!receipt.IsCurrent || publication.IsConfirmed)
                    continue;

                receipts[count++] = receipt;
                publication.Confirm(receipt.IsRouted);
                Finish(publication.Lane, outcome);
            }

            _confirmed.Add(_finished);
            _finished.Clear();
        }

        return receipts[..count];
    }

    /// <summary>A room failed through a fault of its own: what of it is under way is taken back, and it is tried again apart from the others.</summary>
    /// <returns>False when that attempt counts no more.</returns>
    public bool Fail(PublishReceipt receipt, Exception reason)
    {
        lock (_gate)
        {
            if (!receipt.IsCurrent || receipt.Publication.IsConfirmed)
                return false;

            Fail(receipt.Publication.Lane, reason);
            return true;
        }
    }

    /// <summary>It is about to be said that the room of the event is held up.</summary>
    /// <returns>False when it has been said already, or is not true any more.</returns>
    public bool TryTell(Publication publication)
    {
        lock (_gate)
        {
            if (publication.Lane.Trouble is not { IsTold: false } trouble)
                return false;

            trouble.IsTold = true;
            return true;
        }
    }

    private static bool CanSend(RoomLane lane) =>
        lane.Waiting > 0 && lane is { IsBlocked: false, IsSlow: false, IsPaused: false } && lane.Sent < (lane.IsTroubled ? 1 : lane.Allowance);

    /// <summary>Puts the room in the queue for a turn, if it has something to send; true when its sender can send.</summary>
    private static bool TryQueue(RoomLane lane)
    {
        if (!CanSend(lane))
            return false;

        lane.Window.Enqueue(lane);
        return !lane.Window.IsFull;
    }

    private bool TryEnqueue(RoomLane? lane)
    {
        if (lane is null)
            return false;

        Enqueue(lane);
        return true;
    }

    /// <summary>Puts the room in the queue for a turn, if it has something to send, and wakes the sender, if that can send.</summary>
    private void Enqueue(RoomLane lane)
    {
        if (TryQueue(lane))
            (lane.IsTroubled ? HasTroubledWork : HasWork).Set();
    }

    /// <summary>Wakes the senders for rooms that found their window full.</summary>
    private void Wake()
    {
        if (_healthy is { IsFull: false, HasQueued: true })
            HasWork.Set();
        if (_troubled is { IsFull: false, HasQueued: true })
            HasTroubledWork.Set();
    }

    /// <summary>Has what is under way of the room counted where it belongs now.</summary>
    private void Place(RoomLane lane) => lane.Window = lane.IsSlow ? _slow : WindowOf(lane.IsTroubled);

    private void Finish(RoomLane lane, ConfirmOutcome outcome)
    {
        if (lane.First is not { IsConfirmed: true })
            return;

        _lanes.Finish(lane, _finished, outcome.Unrouted);
        if (lane.Trouble is { IsTold: true })
            outcome.GoOn.Add(lane.RoomId);
        Recover(lane);
    }

    /// <summary>The first event of the room is done with: it goes on, as any other.</summary>
    private void Recover(RoomLane lane)
    {
        if (lane.IsTroubled)
            EndTrouble(lane);
        lane.IsSlow = lane.Sent > 0 && lane.IsSlow && _time.GetElapsedTime(lane.First!.SentAt) >= PublishWindow.Slow;
        Place(lane);
        Enqueue(lane);
        Wake();
        if (lane.SpilledFrom is null)
            _lanes.RemoveIfEmpty(lane);
        else if (_memory.HasMuchRoomFor(lane))
            WantsMore();
    }

    /// <summary>The room is none of those that are tried apart any more. When it was the last, many can be tried at once again.</summary>
    private void EndTrouble(RoomLane lane)
    {
        lane.Trouble = null;
        if (_troubled.Most == 1 && !_lanes.All.Any(static other => other.IsTroubled))
            _troubled.Most = PublishWindow.TroubledRooms;
    }

    private void Fail(RoomLane lane, Exception reason)
    {
        TakeBack(lane, reason);
        var trouble = lane.Trouble ??= new RoomTrouble();
        trouble.Failures++;
        trouble.WasSpared = false;
        _lanes.Trim(lane, LaneMemory.LeastOfTroubled);
        Place(lane);
        var pause = Jitter.Within(RetryWithin * (1 << Math.Min(trouble.Failures - 1, MostDoublings)));
        trouble.PausedUntil = _time.GetTimestamp() + (long)(pause.TotalSeconds * _time.TimestampFrequency);
    }

    private void TakeBack(RoomLane lane, Exception reason)
    {
        lane.TakeBack(reason);
        lane.IsSlow = false;
        Place(lane);
        Wake();
    }
}
