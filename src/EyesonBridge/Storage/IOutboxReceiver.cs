namespace EyesonBridge.Storage;

/// <summary>Takes what was committed to the outbox straight from memory.</summary>
internal interface IOutboxReceiver
{
    /// <summary>Entries of one commit, in the order of the outbox. Called by the thread that committed: it has to be quick.</summary>
    void Committed(IReadOnlyList<OutboxEntry> entries);
}
