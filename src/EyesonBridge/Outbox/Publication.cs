using EyesonBridge.Storage;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Outbox;

/// <summary>An entry of the outbox in memory, on its way to the broker. What changes is guarded by its line.</summary>
internal sealed class Publication(OutboxEntry entry, RoomLane lane)
{
    private PublishSpan? _span;

    public OutboxEntry Entry => entry;

    /// <summary>The events of its room.</summary>
    public RoomLane Lane => lane;

    /// <summary>Number of the attempt. What becomes of an earlier one counts no more.</summary>
    public int Attempt { get; private set; }

    /// <summary>The attempt that is under way.</summary>
    public PublishReceipt CurrentAttempt => new(this, Attempt);

    /// <summary>When the attempt began.</summary>
    public long SentAt { get; private set; }

    /// <summary>True when the broker has it; it is then kept only as long as one before it is not confirmed.</summary>
    public bool IsConfirmed { get; private set; }

    /// <summary>False when the broker had no queue for what it has.</summary>
    public bool IsRouted { get; private set; } = true;

    /// <summary>An attempt begins.</summary>
    public void Begin(long now)
    {
        Attempt++;
        SentAt = now;
    }

    /// <summary>The broker has it.</summary>
    public void Confirm(bool isRouted) => (IsConfirmed, IsRouted) = (true, isRouted);

    /// <summary>The attempt is over, and another one has to follow.</summary>
    public void TakeBack(Exception reason)
    {
        Attempt++;
        IsConfirmed = false;
        EndSpan()?.Failed(reason);
    }

    /// <summary>Begins the span of the attempt, if somebody listens.</summary>
    public PublishSpan? BeginSpan(string exchange, MessageServer? server, TimeProvider time)
    {
        var message = new PublishedMessage(entry.EventId, entry.Type, entry.RoomId, entry.Sequence, entry.CreatedAt, entry.TraceParent);
        _span = PublishSpan.Start(message, exchange, server, time);
        return _span;
    }

    /// <summary>The span of the attempt, to be ended; null when there is none, or somebody else ends it.</summary>
    public PublishSpan? EndSpan() => Interlocked.Exchange(ref _span, null);
}
