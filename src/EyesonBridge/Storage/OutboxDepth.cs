namespace EyesonBridge.Storage;

/// <summary>How much waits in the outbox.</summary>
/// <param name="Count">Number of entries.</param>
/// <param name="Bytes">Sum of their payloads.</param>
internal readonly record struct OutboxDepth(long Count, long Bytes);
