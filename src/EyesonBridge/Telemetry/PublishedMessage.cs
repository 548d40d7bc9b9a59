namespace EyesonBridge.Telemetry;

/// <summary>An event on its way to the broker, as its span describes it.</summary>
/// <param name="EventId">Its identity, and that of the message.</param>
/// <param name="Type">Name of its contract.</param>
/// <param name="RoomId">Id of its room.</param>
/// <param name="Sequence">Its number in the room.</param>
/// <param name="CreatedAt">When it was put into the outbox.</param>
/// <param name="TraceParent">W3C trace context of what caused it.</param>
internal readonly record struct PublishedMessage(
    Guid EventId, string Type, string RoomId, long Sequence, DateTimeOffset CreatedAt, string? TraceParent);
