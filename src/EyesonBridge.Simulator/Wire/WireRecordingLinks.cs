namespace EyesonBridge.Simulator.Wire;

/// <summary>Where a recording is described, and its file once it is finished.</summary>
internal sealed record WireRecordingLinks
{
    public required string Self { get; init; }

    public required string? Download { get; init; }
}
