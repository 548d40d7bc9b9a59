namespace EyesonBridge.Storage;

/// <summary>Entries of the outbox that follow each other without a gap.</summary>
/// <param name="FirstId">Position of the first.</param>
/// <param name="LastId">Position of the last.</param>
/// <param name="Bytes">Sum of their payloads.</param>
internal readonly record struct OutboxRange(long FirstId, long LastId, long Bytes)
{
    /// <summary>How many there are.</summary>
    public long Count => LastId - FirstId + 1;
}
