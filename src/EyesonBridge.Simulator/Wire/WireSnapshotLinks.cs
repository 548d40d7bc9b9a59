namespace EyesonBridge.Simulator.Wire;

/// <summary>Where the picture of a snapshot is.</summary>
internal sealed record WireSnapshotLinks
{
    public required string Download { get; init; }
}
