namespace EyesonBridge.Storage;

/// <summary>Takes what was committed to the outbox straight from memory, and learns of which rooms it has to publish it.</summary>
internal interface IOutboxReceiver
{
    /// <summary>Entries of one commit, in the order of the outbox. Called by the thread that committed, which holds no lock: it has to be quick.</summary>
    void Committed(IReadOnlyList<OutboxEntry> entries);

    /// <summary>From now on these rooms are published here. What is left of them in the outbox comes before anything that is handed over.</summary>
    void Adopt(IReadOnlyList<LeftRoom> rooms);

    /// <summary>What is handed over of these rooms waits until they are adopted: another replica still publishes what is before it.</summary>
    void Withhold(IReadOnlyList<string> roomIds);

    /// <summary>These rooms are published here, and nobody else has anything left of them: what was withheld of one, from before, waits no longer.</summary>
    void Resume(IReadOnlyList<string> roomIds);

    /// <summary>Nothing of any other room is published here any more.</summary>
    void Retain(IReadOnlySet<string> roomIds);

    /// <summary>Tells of which of these rooms nothing is left here that is to be published or deleted.</summary>
    /// <param name="roomIds">Which.</param>
    /// <param name="leaveUnreadable">True to leave those to others whose next event this version cannot read.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<IReadOnlyList<string>> WithoutRestAsync(IReadOnlyList<string> roomIds, bool leaveUnreadable, CancellationToken cancellationToken);
}
