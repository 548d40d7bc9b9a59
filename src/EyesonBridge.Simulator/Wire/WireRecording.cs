namespace EyesonBridge.Simulator.Wire;

/// <summary>A recording: <c>recording_update.recording</c> and <c>GET /recordings/:id</c>.</summary>
internal sealed record WireRecording
{
    public required string Id { get; init; }

    /// <summary>Unix seconds.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>Seconds; null until the recording is stopped.</summary>
    public required long? Duration { get; init; }

    public required WireRecordingLinks Links { get; init; }

    public required WireUser? User { get; init; }

    public required WireRoom Room { get; init; }
}
