namespace EyesonBridge.Simulator.Wire;

/// <summary>The room of a permalink, whose meeting may not run.</summary>
internal sealed record WirePermalinkRoom
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required bool Ready { get; init; }

    /// <summary>Null while no meeting runs.</summary>
    public required string? StartedAt { get; init; }

    public required bool Shutdown { get; init; }

    public required string GuestToken { get; init; }
}
