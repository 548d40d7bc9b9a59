using EyesonBridge.Bus;
using EyesonBridge.Storage;

namespace EyesonBridge.Outbox;

/// <summary>How publishing goes: whether events get out, and if not, why; said in the log once, and measured.</summary>
internal sealed class PublishingState(IBridgeStore store, UnroutedEvents unrouted, TimeProvider time, ILogger<OutboxDispatcher> logger)
{
    private string? _problem;
    private long _blockedAt;
    private volatile bool _isBlocked;

    /// <summary>Why nothing got out when something had to; null while publishing works.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>Whether there is progress.</summary>
    public DispatcherProgress Progress { get; } = new(time);

    /// <summary>Called when an event got out.</summary>
    public Action Confirmed { get; set; } = static () => { };

    /// <summary>Called when nothing gets out.</summary>
    public Action Failed { get; set; } = static () => { };

    /// <summary>Called when any attempt ended.</summary>
    public Action Settled { get; set; } = static () => { };

    /// <summary>The broker had no queue for events of these types.</summary>
    public void NoteUnrouted(List<string> eventTypes)
    {
        foreach (var eventType in eventTypes)
            unrouted.Note(eventType);
    }

    /// <summary>Rooms go on of which it was said that they are held up.</summary>
    public void NoteGoOn(List<string> roomIds)
    {
        foreach (var roomId in roomIds)
            logger.RoomGoesOn(roomId);
    }

    /// <summary>Events got out.</summary>
    public void NoteConfirmed(ReadOnlySpan<PublishReceipt> receipts)
    {
        Progress.NoteAttempt();
        Progress.NoteConfirm();
        foreach (var receipt in receipts)
        {
            receipt.Publication.EndSpan()?.Confirmed(EventEnvelope.ObservedAt(receipt.Publication.Entry), receipt.IsRouted);
        }

        Confirmed();
        if (!_isBlocked) // what is confirmed then was taken before
            Recover();
        Settled();
    }

    /// <summary>
    /// The events of one room do not get out. That is a problem of all only when it is the broker that refused, and nothing
    /// else got out meanwhile. It ends no drain: what others have waiting can get out.
    /// </summary>
    /// <param name="publication">The first of them.</param>
    /// <param name="reason">Why.</param>
    /// <param name="isToBeTold">True when the log has not said it of this room.</param>
    public void NoteRefused(Publication publication, Exception reason, bool isToBeTold)
    {
        Progress.NoteAttempt();
        if (reason is not UnpublishableException && !Progress.HasConfirmedSince(publication.SentAt))
            NoteProblem(reason);

        if (isToBeTold)
            logger.RoomHeldUp(publication.Entry.RoomId, publication.Entry.Type, Describe(reason));
        Settled();
    }

    /// <summary>A channel was lost.</summary>
    public void NoteLost(Exception reason)
    {
        Progress.NoteAttempt();
        NoteProblem(reason);
        Failed();
        Settled();
    }

    /// <summary>
    /// The broker says that it takes nothing. No attempt ends while that lasts, and no restart of the bridge would change it.
    /// </summary>
    public void NoteBlocked(Exception reason)
    {
        Volatile.Write(ref _blockedAt, time.GetTimestamp());
        _isBlocked = true;
        Progress.NoteAttempt();
        NoteProblem(reason);
        Failed();
    }

    /// <summary>The broker says no longer that it takes nothing.</summary>
    public void NoteUnblocked()
    {
        if (!_isBlocked)
            return;

        _isBlocked = false;
        if (Progress.HasConfirmedSince(Volatile.Read(ref _blockedAt)))
            Recover();
    }

    /// <summary>An entry cannot be read by this version.</summary>
    public void NoteUnreadable(OutboxEntry entry, Exception reason)
    {
        Progress.NoteAttempt();
        logger.EntryUnreadable(entry.EventId, entry.RoomId, entry.Type, reason);
        Settled();
    }

    private static string Describe(Exception reason) => reason is PublishingException or UnpublishableException ? reason.Message : $"{reason.GetType().Name}: {reason.Message}";

    private void NoteProblem(Exception reason)
    {
        var problem = Describe(reason);
        if (Interlocked.CompareExchange(ref _problem, problem, null) is null)
            logger.PublishingFailed(problem);
    }

    private void Recover()
    {
        if (Volatile.Read(ref _problem) is not null && Interlocked.Exchange(ref _problem, null) is not null)
            logger.PublishingRecovered(store.Depth.Count);
    }
}
