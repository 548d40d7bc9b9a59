namespace EyesonBridge.Simulator.Wire;

/// <summary>A live stream in <c>broadcasts_update</c> and <c>room_update</c>.</summary>
internal sealed record WireBroadcast
{
    public required string Id { get; init; }

    public required string Platform { get; init; }

    public required string PlayerUrl { get; init; }

    public required WireUser? User { get; init; }

    public required WireRoom Room { get; init; }
}
