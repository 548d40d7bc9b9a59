using EyesonBridge.Pacing;
using EyesonBridge.Storage;

namespace EyesonBridge.Outbox;

/// <summary>
/// The rooms of one channel: what of them is in memory, what is on its way, and whose turn it is. Rooms take turns; one
/// that cannot be published is set apart, and holds up nobody else.
/// </summary>
internal sealed class PublishLine(LaneMemory memory, ConfirmedEntries confirmed, DispatcherProgress progress, TimeProvider time)
{
    private static readonly TimeSpan RetryWithin = TimeSpan.FromSeconds(1);
    private const int MostDoublings = 5;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, RoomLane> _lanes = new(StringComparer.Ordinal);
    private readonly PublishWindow _healthy = new(PublishWindow.OfAChannel);
    private readonly PublishWindow _troubled = new(PublishWindow.TroubledRooms);
    private readonly PublishWindow _slow = new(int.MaxValue);
    private readonly List<OutboxEntry> _finished = [];
    private long _confirmedAt;
    private bool _isCatchingUp = true;

    /// <summary>Set when there is something to send.</summary>
    public AsyncSignal HasWork { get; } = new();

    /// <summary>The same for rooms that are published apart from the others.</summary>
    public AsyncSignal HasTroubledWork { get; } = new();

    /// <summary>Called when a room has spilled and there is room for it in memory again.</summary>
    public Action WantsMore { get; init; } = static () => { };

    /// <summary>True when nothing more can be published: what remains is blocked, or troubled.</summary>
    public bool IsDrained
    {
        get
        {
            lock (_gate)
                return !_isCatchingUp && _lanes.Values.All(static lane => lane.IsBlocked || lane.IsTroubled || (lane.Count == 0 && lane.SpilledFrom is null));
        }
    }

    /// <summary>When the oldest entry was appended; null when none waits.</summary>
    public DateTimeOffset? OldestAt
    {
        get
        {
            lock (_gate)
                return _lanes.Values.Min(static lane => lane.First?.Entry.CreatedAt);
        }
    }

    /// <summary>When the oldest entry of the room was appended; null when none waits.</summary>
    public DateTimeOffset? OldestOf(string roomId)
    {
        lock (_gate)
            return _lanes.TryGetValue(roomId, out var lane) ? lane.First?.Entry.CreatedAt : null;
    }

    /// <summary>Takes an entry that was committed just now. One that finds no room in memory stays in the outbox, and so do those behind it.</summary>
    public void Add(OutboxEntry entry)
    {
        lock (_gate)
        {
            var lane = LaneOf(entry.RoomId);
            lane.NewestId = entry.Id;
            if (lane.SpilledFrom is not null)
                return;

            if (_isCatchingUp || lane.IsBlocked || !memory.HasRoomFor(lane))
                lane.SpilledFrom = entry.Id; // while catching up, earlier ones may not have been read yet
            else
                Load(lane, entry);
        }
    }

    /// <summary>Takes an entry of before the start, in order. False when there is no room for it: it stays in the outbox.</summary>
    public bool TryLoadEarlier(OutboxEntry entry)
    {
        lock (_gate)
        {
            var lane = LaneOf(entry.RoomId);
            lane.NewestId = Math.Max(lane.NewestId, entry.Id);
            if (lane.SpilledFrom < entry.Id)
                return false;

            if (!memory.HasRoomFor(lane))
            {
                lane.SpilledFrom = entry.Id;
                return false;
            }

            Load(lane, entry);
            return true;
        }
    }

    /// <summary>What was there before the start has been read, or is known to be left in the outbox.</summary>
    public void EndCatchingUp()
    {
        lock (_gate)
            _isCatchingUp = false;
        WantsMore();
    }

    /// <summary>The rooms of which more should be read, and from which position on.</summary>
    public void AddHungry(Dictionary<string, (long From, long Newest)> rooms)
    {
        lock (_gate)
        {
            if (_isCatchingUp)
                return;

            foreach (var lane in _lanes.Values)
            {
                if (lane is { SpilledFrom: { } from, IsBlocked: false } && memory.HasMuchRoomFor(lane))
                    rooms[lane.RoomId] = (from, lane.NewestId);
            }
        }
    }

    /// <summary>Takes an entry of a room that had spilled, read in order. False when there is no room for it.</summary>
    public bool TryLoadSpilled(OutboxEntry entry)
    {
        lock (_gate)
        {
            if (!_lanes.TryGetValue(entry.RoomId, out var lane) || lane.SpilledFrom is not { } from)
                return false;
            if (entry.Id < from)
                return true;

            if (lane.IsBlocked || !memory.HasRoomFor(lane))
            {
                lane.SpilledFrom = entry.Id;
                return false;
            }

            lane.SpilledFrom = entry.Id >= lane.NewestId ? null : entry.Id + 1;
            Load(lane, entry);
            return true;
        }
    }

    /// <summary>The outbox was read to its end, which was behind <paramref name="lastId"/>: of a spilled room without newer entries nothing is left there.</summary>
    public void NoteReadThrough(string roomId, long lastId)
    {
        lock (_gate)
        {
            if (_lanes.TryGetValue(roomId, out var lane) && lane.SpilledFrom is not null && lane.NewestId <= lastId)
            {
                lane.SpilledFrom = null;
                RemoveIfEmpty(lane);
            }
        }
    }

    /// <summary>Takes what is to be sent next, as far as the window allows.</summary>
    /// <param name="next">Filled from the start.</param>
    /// <param name="troubled">Which rooms are meant.</param>
    /// <returns>How many there are.</returns>
    public int Take(PublishReceipt[] next, bool troubled)
    {
        var count = 0;
        var now = time.GetTimestamp();
        lock (_gate)
        {
            var window = troubled ? _troubled : _healthy;
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
    public void Confirm(ReadOnlySpan<PublishReceipt> receipts)
    {
        lock (_gate)
        {
            _confirmedAt = time.GetTimestamp();
            foreach (var receipt in receipts)
            {
                var publication = receipt.Publication;
                if (!receipt.IsCurrent || publication.IsConfirmed)
                    continue;

                publication.IsConfirmed = true;
                Finish(publication.Lane);
            }

            confirmed.Add(_finished);
            _finished.Clear();
        }
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

    /// <summary>This version will never be able to read an entry: its room waits for one that can.</summary>
    public void Block(PublishReceipt receipt, Exception reason)
    {
        lock (_gate)
        {
            var lane = receipt.Publication.Lane;
            if (lane.IsBlocked || !receipt.IsCurrent)
                return;

            TakeBack(lane, reason);
            lane.IsBlocked = true;
            memory.Release(lane.Trim(1));
            progress.EndLane();
        }
    }

    /// <summary>A channel is lost: what was under way on it is taken back.</summary>
    /// <param name="troubled">Which channel.</param>
    /// <param name="reason">Why.</param>
    /// <param name="isFaultOfAnEvent">
    /// True when one of them was the reason: then these rooms are tried apart from the others, one after the other, as the
    /// broker does not say which it was.
    /// </param>
    /// <returns>The event that was the reason, if it is known: it was the only one.</returns>
    public Publication? Lose(bool troubled, Exception reason, bool isFaultOfAnEvent)
    {
        var suspects = 0;
        Publication? suspect = null;
        lock (_gate)
        {
            if (isFaultOfAnEvent)
                _troubled.Most = 1;
            foreach (var lane in _lanes.Values)
            {
                if (lane.Sent == 0 || lane.IsTroubled != troubled)
                    continue;
                suspects += lane.Sent;
                suspect = lane.First;
                if (isFaultOfAnEvent)
                    Fail(lane, reason);
                else
                    TakeBack(lane, reason);
                Enqueue(lane);
            }

            Wake(); // the signal for what waits may have been used up on the lost channel
        }

        return isFaultOfAnEvent && suspects == 1 ? suspect : null;
    }

    /// <summary>Looks after what takes long.</summary>
    /// <param name="timeout">How long a confirm may take.</param>
    /// <returns>The events whose time is over, each the first of its room; and whether nothing at all was confirmed since the first of them was sent.</returns>
    public (List<PublishReceipt> Overdue, bool IsSilent) Sweep(TimeSpan timeout)
    {
        var overdue = new List<PublishReceipt>();
        var oldest = long.MaxValue;
        var now = time.GetTimestamp();
        lock (_gate)
        {
            foreach (var lane in _lanes.Values)
            {
                if (lane.PausedUntil <= now)
                {
                    lane.PausedUntil = null;
                    Enqueue(lane);
                }

                if (lane.Sent == 0 || lane.First is not { } first)
                    continue;

                var takes = time.GetElapsedTime(first.SentAt, now);
                if (takes >= timeout)
                {
                    overdue.Add(first.CurrentAttempt);
                    oldest = Math.Min(oldest, first.SentAt);
                }
                else if (takes >= PublishWindow.Slow && !lane.IsSlow && !lane.IsTroubled)
                {
                    lane.IsSlow = true;
                    Place(lane);
                }
            }

            Wake();
            return (overdue, overdue.Count > 0 && _confirmedAt < oldest);
        }
    }

    /// <summary>Rooms that are tried apart from the others.</summary>
    public List<string> Troubled()
    {
        lock (_gate)
            return [.. _lanes.Values.Where(static lane => lane.IsTroubled || lane.IsBlocked).Select(static lane => lane.RoomId)];
    }

    private static bool CanSend(RoomLane lane) =>
        lane.Waiting > 0 && lane is { IsBlocked: false, IsSlow: false, PausedUntil: null } && lane.Sent < (lane.IsTroubled ? 1 : lane.Allowance);

    private RoomLane LaneOf(string roomId)
    {
        if (!_lanes.TryGetValue(roomId, out var lane))
            _lanes[roomId] = lane = new RoomLane(roomId, _healthy);
        return lane;
    }

    private void Load(RoomLane lane, OutboxEntry entry)
    {
        if (lane.Count == 0)
            progress.BeginLane();
        lane.Add(entry);
        memory.Take(entry.Payload.Length);
        Enqueue(lane);
    }

    /// <summary>Puts the room in the queue for a turn, if it has something to send, and wakes the sender, if that can send.</summary>
    private void Enqueue(RoomLane lane)
    {
        if (!CanSend(lane))
            return;

        lane.Window.Enqueue(lane);
        if (!lane.Window.IsFull)
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
    private void Place(RoomLane lane) => lane.Window = lane.IsTroubled ? _troubled : lane.IsSlow ? _slow : _healthy;

    private void Finish(RoomLane lane)
    {
        if (lane.First is not { IsConfirmed: true })
            return;

        while (lane.TryFinish(out var entry))
        {
            memory.Release(entry.Payload.Length);
            _finished.Add(entry);
        }

        var wasTroubled = lane.IsTroubled;
        lane.Failures = 0;
        if (wasTroubled && _troubled.Most == 1 && !_lanes.Values.Any(static other => other.IsTroubled))
            _troubled.Most = PublishWindow.TroubledRooms;
        lane.IsSlow = lane.Sent > 0 && lane.IsSlow && time.GetElapsedTime(lane.First!.SentAt) >= PublishWindow.Slow;
        Place(lane);
        if (lane.Count == 0)
            progress.EndLane();
        Enqueue(lane);
        Wake();
        if (lane.SpilledFrom is null)
            RemoveIfEmpty(lane);
        else if (memory.HasMuchRoomFor(lane))
            WantsMore();
    }

    private void Fail(RoomLane lane, Exception reason)
    {
        TakeBack(lane, reason);
        lane.Failures++;
        memory.Release(lane.Trim(LaneMemory.LeastOfTroubled));
        Place(lane);
        var pause = Jitter.Within(RetryWithin * (1 << Math.Min(lane.Failures - 1, MostDoublings)));
        lane.PausedUntil = time.GetTimestamp() + (long)(pause.TotalSeconds * time.TimestampFrequency);
    }

    private void TakeBack(RoomLane lane, Exception reason)
    {
        lane.TakeBack(reason);
        lane.IsSlow = false;
        Place(lane);
        Wake();
    }

    private void RemoveIfEmpty(RoomLane lane)
    {
        if (lane is { Count: 0, SpilledFrom: null, IsBlocked: false, IsTroubled: false })
            _lanes.Remove(lane.RoomId);
    }
}
