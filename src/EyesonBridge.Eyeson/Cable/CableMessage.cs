namespace EyesonBridge.Eyeson.Cable;

/// <summary>One event of the room.</summary>
/// <param name="Body">The raw JSON of the frame's <c>message</c>. Valid only until the listener's call returns: copy what stays.</param>
/// <param name="StreamId">The stream, in the extended protocol.</param>
/// <param name="Epoch">The stream's epoch, in the extended protocol.</param>
/// <param name="Offset">The message's number in its stream, in the extended protocol.</param>
/// <param name="ReceivedAt">When the frame was complete (UTC).</param>
/// <param name="CaughtUpAt">
/// When all that had come before was read (UTC), at the latest <paramref name="ReceivedAt"/>: what was sent earlier does not lie
/// unread behind this message.
/// </param>
public readonly record struct CableMessage(
    ReadOnlyMemory<byte> Body,
    string? StreamId,
    string? Epoch,
    long? Offset,
    DateTimeOffset ReceivedAt,
    DateTimeOffset CaughtUpAt);
