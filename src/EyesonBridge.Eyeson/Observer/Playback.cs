namespace EyesonBridge.Eyeson.Observer;

/// <summary>A video or a sound played into the meeting.</summary>
public sealed record Playback
{
    /// <summary>The playback's id.</summary>
    public string? PlayId { get; init; }

    /// <summary>The URL of the file.</summary>
    public string? Url { get; init; }

    /// <summary>A name for people.</summary>
    public string? Name { get; init; }

    /// <summary>True when its sound is played.</summary>
    public bool? Audio { get; init; }

    /// <summary>How often it is repeated, as the wire says; the documented sample has 0.</summary>
    public int? LoopCount { get; init; }

    /// <summary>The user whose place it takes.</summary>
    public string? ReplacementId { get; init; }
}
