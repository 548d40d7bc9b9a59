namespace EyesonBridge.Simulator.Wire;

/// <summary>The presentation that is shown.</summary>
internal sealed record WirePresentation
{
    public required WireRoom Room { get; init; }

    public required WireUser? User { get; init; }
}
