using EyesonBridge.Storage;

namespace EyesonBridge.Outbox;

/// <content>Events that do not get on, and channels that are lost.</content>
internal sealed partial class PublishLine
{
    /// <summary>This version will never be able to read an entry: its room waits for one that can.</summary>
    public void Block(PublishReceipt receipt, Exception reason)
    {
        lock (_gate)
        {
            var lane = receipt.Publication.Lane;
            if (lane.IsBlocked || !receipt.IsCurrent)
                return;

            EndTrouble(lane);
            TakeBack(lane, reason);
            lane.IsBlocked = true;
            _lanes.Trim(lane, 1);
            _progress.EndLane();
        }
    }

    /// <summary>Adds the first event of each room that does not get on.</summary>
    public void AddStuck(List<OutboxEntry> entries)
    {
        lock (_gate)
            entries.AddRange(_lanes.All.Where(static lane => lane is { Count: > 0 } && (lane.IsTroubled || lane.IsBlocked)).Select(static lane => lane.First!.Entry));
    }

    /// <summary>Gives up the first event of a room that does not get on, as it was skipped: the room goes on behind it.</summary>
    /// <returns>False when another is the first by now.</returns>
    public bool Drop(OutboxEntry entry)
    {
        lock (_gate)
        {
            if (_lanes.Find(entry.RoomId) is not { First: { IsConfirmed: false } first } lane || first.Entry.Id != entry.Id)
                return false;

            TakeBack(lane, Skipped);
            _lanes.Drop(lane);
            Recover(lane);
            return true;
        }
    }

    /// <summary>Why the broker takes nothing of what waits, as far as it says so; null when it does, or nothing waits.</summary>
    public Exception? BlockedBy
    {
        get
        {
            lock (_gate)
                return (_healthy.BlockedBy ?? _troubled.BlockedBy) is { } reason && _lanes.All.Any(static lane => lane.First is not null) ? reason : null;
        }
    }

    /// <summary>The broker takes nothing on a channel for now: nothing more is sent on it, and no time runs out.</summary>
    public void NoteBlocked(bool troubled, Exception reason)
    {
        lock (_gate)
            WindowOf(troubled).BlockedBy = reason;
    }

    /// <summary>The broker takes events again: the time that confirms may take begins now.</summary>
    public void NoteUnblocked(bool troubled)
    {
        lock (_gate)
        {
            Unblock(WindowOf(troubled));
            Wake();
        }
    }

    /// <summary>A channel is lost: what was under way on it is taken back.</summary>
    /// <param name="troubled">Which channel.</param>
    /// <param name="reason">Why.</param>
    /// <param name="isFaultOfAnEvent">
    /// True when one of them was the reason: then these rooms are tried apart from the others, one after the other, as the
    /// broker does not say which it was. Of rooms that are apart, one whose confirm is
    /// long in coming is not suspected the first time, if there are others.
    /// </param>
    /// <returns>The event that was the reason, if it is known: it was the only one.</returns>
    public Publication? Lose(bool troubled, Exception reason, bool isFaultOfAnEvent)
    {
        var suspects = 0;
        Publication? suspect = null;
        lock (_gate)
        {
            Unblock(WindowOf(troubled)); // the next one has not been blocked yet
            var lost = _lanes.All.Where(lane => lane.Sent > 0 && lane.IsTroubled == troubled).ToList();
            var maySpare = troubled && isFaultOfAnEvent && lost.Exists(static lane => !lane.IsSlow);
            foreach (var lane in lost)
            {
                var isSpared = maySpare && lane is { IsSlow: true, Trouble.WasSpared: false };
                if (isFaultOfAnEvent && !isSpared)
                {
                    suspects += lane.Sent;
                    suspect = lane.First;
                    Fail(lane, reason);
                }
                else
                {
                    TakeBack(lane, reason);
                    if (isSpared)
                        lane.Trouble!.WasSpared = true;
                }

                Enqueue(lane);
            }

            if (suspects > 0)
                _troubled.Most = 1;

            Wake(); // the signal for what waits may have been used up on the lost channel
        }

        return suspects == 1 ? suspect : null;
    }

    /// <summary>Looks after what takes long.</summary>
    /// <param name="timeout">How long a confirm may take.</param>
    /// <returns>The events whose time is over, each the first of its room; and whether nothing at all was confirmed since the first of them was sent.</returns>
    public (List<PublishReceipt> Overdue, bool IsSilent) Sweep(TimeSpan timeout)
    {
        var overdue = new List<PublishReceipt>();
        var oldest = long.MaxValue;
        var now = _time.GetTimestamp();
        lock (_gate)
        {
            foreach (var lane in _lanes.All)
            {
                if (lane.Trouble is { } trouble && trouble.PausedUntil <= now)
                {
                    trouble.PausedUntil = null;
                    Enqueue(lane);
                }

                if (lane.Sent == 0 || lane.First is not { } first)
                    continue;

                var window = WindowOf(lane.IsTroubled);
                if (window.BlockedBy is not null)
                    continue;

                var since = Math.Max(first.SentAt, window.UnblockedAt);
                var takes = _time.GetElapsedTime(since, now);
                if (takes >= timeout)
                {
                    overdue.Add(first.CurrentAttempt);
                    oldest = Math.Min(oldest, since);
                }
                else if (takes >= PublishWindow.Slow && !lane.IsSlow)
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
            return [.. _lanes.All.Where(static lane => lane.IsTroubled || lane.IsBlocked).Select(static lane => lane.RoomId)];
    }

    private PublishWindow WindowOf(bool troubled) => troubled ? _troubled : _healthy;

    private void Unblock(PublishWindow window)
    {
        if (window.BlockedBy is not null)
            (window.BlockedBy, window.UnblockedAt) = (null, _time.GetTimestamp());
    }
}
