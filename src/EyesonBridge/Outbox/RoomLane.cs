using System.Diagnostics.CodeAnalysis;
using EyesonBridge.Storage;

namespace EyesonBridge.Outbox;

/// <summary>The events of one room that are in memory, in order: those that are sent and not confirmed, then those that wait.</summary>
/// <remarks>Not thread-safe: its line guards it.</remarks>
internal sealed class RoomLane(string roomId, PublishWindow window)
{
    private readonly Queue<Publication> _sent = new();
    private Queue<Publication> _waiting = new();
    private PublishWindow _window = window;
    private long _sentBytes;

    public string RoomId => roomId;

    /// <summary>Where what is under way of it counts.</summary>
    public PublishWindow Window
    {
        get => _window;
        set
        {
            if (ReferenceEquals(_window, value))
                return;

            _window.Add(-_sent.Count, -_sentBytes);
            value.Add(_sent.Count, _sentBytes);
            _window = value;
        }
    }

    /// <summary>Where it stands in the queue for its turn.</summary>
    public PublishWindow? QueuedIn { get; set; }

    /// <summary>How many are in memory.</summary>
    public int Count => _sent.Count + _waiting.Count;

    /// <summary>How many are sent and wait for their confirm.</summary>
    public int Sent => _sent.Count;

    /// <summary>How many wait to be sent.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>What they take.</summary>
    public long Bytes { get; private set; }

    /// <summary>Position in the outbox of the first entry that is not in memory; null when all are.</summary>
    public long? SpilledFrom { get; set; }

    /// <summary>Position of the last entry that is known of.</summary>
    public long NewestId { get; set; }

    /// <summary>Set while it fails through a fault of its own: it is then published apart from the others.</summary>
    public RoomTrouble? Trouble { get; set; }

    /// <summary>How many may be under way: few at first, and one more with each that is confirmed.</summary>
    public int Allowance { get; private set; } = PublishWindow.OfANewRoom;

    /// <summary>True when the broker is slow to confirm: nothing more is sent, and what is sent takes nobody's place.</summary>
    public bool IsSlow { get; set; }

    /// <summary>True when an entry will never be readable for this version: nothing may overtake it.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>True while another replica publishes what is before what this one appends.</summary>
    public bool IsWithheld { get; set; }

    /// <summary>True when it is published apart from the others.</summary>
    public bool IsTroubled => Trouble is not null;

    /// <summary>True while it waits for its next attempt.</summary>
    public bool IsPaused => Trouble is { PausedUntil: not null };

    /// <summary>The first that is not confirmed.</summary>
    public Publication? First => _sent.TryPeek(out var sent) ? sent : _waiting.TryPeek(out var waiting) ? waiting : null;

    /// <summary>Adds an entry at the end.</summary>
    public Publication Add(OutboxEntry entry)
    {
        var publication = new Publication(entry, this);
        _waiting.Enqueue(publication);
        Bytes += entry.Weight;
        return publication;
    }

    /// <summary>Sends the next.</summary>
    public Publication Send(long now)
    {
        var publication = _waiting.Dequeue();
        publication.Begin(now);
        _sent.Enqueue(publication);
        CountSent(1, publication.Entry.Weight);
        return publication;
    }

    /// <summary>Takes away the first, if it is confirmed.</summary>
    public bool TryFinish([NotNullWhen(true)] out Publication? finished)
    {
        if (!_sent.TryPeek(out finished) || !finished.IsConfirmed)
            return false;

        _sent.Dequeue();
        var weight = finished.Entry.Weight;
        Bytes -= weight;
        CountSent(-1, -weight);
        Allowance = Math.Min(Allowance + 1, PublishWindow.OfARoom);
        return true;
    }

    /// <summary>Takes back what is sent, to be sent again in the same order.</summary>
    /// <param name="reason">Why, for its spans.</param>
    public void TakeBack(Exception reason)
    {
        if (_sent.Count == 0)
            return;

        CountSent(-_sent.Count, -_sentBytes);
        Allowance = PublishWindow.OfANewRoom;
        var again = new Queue<Publication>(Count);
        while (_sent.TryDequeue(out var publication))
        {
            publication.TakeBack(reason);
            again.Enqueue(publication);
        }

        foreach (var publication in _waiting)
            again.Enqueue(publication);
        _waiting = again;
    }

    /// <summary>Takes away the first, which will never be published. Nothing of the room may be under way.</summary>
    public OutboxEntry Drop()
    {
        var entry = _waiting.Dequeue().Entry;
        Bytes -= entry.Weight;
        return entry;
    }

    /// <summary>Leaves to the outbox what is behind the first <paramref name="count"/>; nothing of it may have been sent.</summary>
    /// <returns>The bytes that this frees.</returns>
    public long Trim(int count)
    {
        if (_sent.Count > 0)
            throw new InvalidOperationException("What is sent cannot be left to the outbox.");
        if (_waiting.Count <= count)
            return 0;

        var kept = new Queue<Publication>(_waiting.Take(count));
        var left = _waiting.Skip(count).ToList();
        _waiting = kept;
        var bytes = left.Sum(publication => (long)publication.Entry.Weight);
        Bytes -= bytes;
        SpilledFrom = Math.Min(SpilledFrom ?? long.MaxValue, left[0].Entry.Id);
        return bytes;
    }

    /// <summary>Forgets everything; nothing may be under way. Who still has it in a queue finds nothing to send.</summary>
    /// <returns>The bytes that this frees.</returns>
    public long Clear()
    {
        if (_sent.Count > 0)
            throw new InvalidOperationException("What is sent cannot be forgotten.");

        var bytes = Bytes;
        _waiting.Clear();
        Bytes = 0;
        return bytes;
    }

    private void CountSent(int count, long bytes)
    {
        _sentBytes += bytes;
        _window.Add(count, bytes);
    }
}
