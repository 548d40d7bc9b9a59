namespace EyesonBridge.Simulator.Wire;

/// <summary>A room as it is embedded in other objects, and as <c>GET /rooms</c> lists it.</summary>
internal sealed record WireRoom
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required bool Ready { get; init; }

    public required string StartedAt { get; init; }

    public required bool Shutdown { get; init; }

    public required string GuestToken { get; init; }
}
