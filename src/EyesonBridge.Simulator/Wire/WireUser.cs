namespace EyesonBridge.Simulator.Wire;

/// <summary>Who started a recording, a broadcast, a presentation, or took a snapshot.</summary>
internal sealed record WireUser
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string? Avatar { get; init; }

    public required bool Guest { get; init; }

    public required string JoinedAt { get; init; }
}
