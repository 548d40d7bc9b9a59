namespace EyesonBridge.Bench.Peers;

/// <summary>What the MassTransit publisher sends: of the size of a chat message of the bridge, in its envelope.</summary>
public sealed record BenchEvent
{
    /// <summary>The stamp, and as much text as makes up the size.</summary>
    public required string Content { get; init; }

    /// <summary>The room.</summary>
    public required string RoomId { get; init; }
}
