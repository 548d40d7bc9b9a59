namespace EyesonBridge.Storage;

/// <summary>An event on its way into the outbox.</summary>
/// <param name="EventId">Its identity.</param>
/// <param name="Type">Name of its contract.</param>
/// <param name="Payload">The contract as JSON.</param>
/// <param name="TraceParent">W3C trace context of what caused it.</param>
internal sealed record OutboxEvent(Guid EventId, string Type, ReadOnlyMemory<byte> Payload, string? TraceParent);
