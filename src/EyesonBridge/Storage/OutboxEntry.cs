namespace EyesonBridge.Storage;

/// <summary>An event that waits to be published.</summary>
/// <param name="Id">Position in the outbox; later commits have higher ones.</param>
/// <param name="RoomId">Id of its room.</param>
/// <param name="Sequence">Its number in the room.</param>
/// <param name="EventId">Its identity.</param>
/// <param name="Type">Name of its contract.</param>
/// <param name="Payload">The contract as JSON; with MassTransit's envelope around it when an earlier version appended it.</param>
/// <param name="TraceParent">W3C trace context of what caused it.</param>
/// <param name="CreatedAt">When it was appended.</param>
/// <param name="StreamId">The history in which it is numbered; null when an earlier version appended it.</param>
internal sealed record OutboxEntry(
    long Id,
    string RoomId,
    long Sequence,
    Guid EventId,
    string Type,
    ReadOnlyMemory<byte> Payload,
    string? TraceParent,
    DateTimeOffset CreatedAt,
    string? StreamId = null)
{
    private const int Itself = 512;

    /// <summary>True when it comes straight from memory, and nobody can have changed it in the store.</summary>
    public bool IsFresh { get; init; }

    /// <summary>What it takes in memory while it waits, roughly: its payload and the objects for it, in bytes.</summary>
    public int Weight => Payload.Length + Itself;
}
