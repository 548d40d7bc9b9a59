namespace EyesonBridge.Storage;

/// <summary>An event that was taken out of the outbox.</summary>
/// <param name="EventId">Its identity.</param>
/// <param name="Type">Name of its contract.</param>
/// <param name="Sequence">Its number in the room.</param>
/// <param name="Bytes">Size of its payload.</param>
internal sealed record SkippedEvent(string EventId, string Type, long Sequence, long Bytes);
