namespace EyesonBridge.Simulator;

/// <summary>A video or sound that is played into the meeting, as it appears in <c>playback_update.playing</c>.</summary>
public sealed record SimulatedPlayback
{
    /// <summary>The id that tells playbacks apart.</summary>
    public required string PlayId { get; init; }

    /// <summary>Where the file is.</summary>
    public required string Url { get; init; }

    /// <summary>A name to show, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Whether its sound is heard.</summary>
    public bool Audio { get; init; } = true;

    /// <summary>How often it repeats.</summary>
    public int LoopCount { get; init; }

    /// <summary>The user whose place it takes, or null.</summary>
    public string? ReplacementId { get; init; }
}
