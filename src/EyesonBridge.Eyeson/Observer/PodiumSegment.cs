using System.Text.Json.Serialization;

namespace EyesonBridge.Eyeson.Observer;

/// <summary>A rectangle of the meeting's picture, in pixels, and who or what is shown in it.</summary>
public sealed record PodiumSegment
{
    /// <summary>The participant shown; null when it is a playback or empty.</summary>
    public string? UserId { get; init; }

    /// <summary>The playback shown; null when it is a participant or empty.</summary>
    public string? PlayId { get; init; }

    /// <summary>Pixels.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels.</summary>
    public int? Height { get; init; }

    /// <summary>Pixels from the left edge.</summary>
    public int? Left { get; init; }

    /// <summary>Pixels from the top edge.</summary>
    public int? Top { get; init; }

    /// <summary>The wire's <c>z-index</c>: a higher one lies in front.</summary>
    [JsonPropertyName("z-index")]
    public int? ZIndex { get; init; }
}
