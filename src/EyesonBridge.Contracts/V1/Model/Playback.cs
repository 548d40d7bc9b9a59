namespace EyesonBridge.Contracts.V1;

/// <summary>A media file that is played into the meeting.</summary>
public sealed record Playback
{
    /// <summary>Id of the playback (wire: <c>play_id</c>).</summary>
    public required string PlayId { get; init; }

    /// <summary>The file that is played (wire: <c>url</c>).</summary>
    public string? Url { get; init; }

    /// <summary>Display name (wire: <c>name</c>).</summary>
    public string? Name { get; init; }

    /// <summary>True when its sound is played as well (wire: <c>audio</c>).</summary>
    public required bool HasAudio { get; init; }

    /// <summary>How often it is repeated after the first run; 0 means once, -1 forever (wire: <c>loop_count</c>).</summary>
    public int? LoopCount { get; init; }

    /// <summary>Id of the user whose place it takes in the layout (wire: <c>replacement_id</c>).</summary>
    public string? ReplacementId { get; init; }
}
