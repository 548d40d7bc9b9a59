using System.Text.Json.Serialization;

namespace EyesonBridge.Simulator;

/// <summary>A place of the podium, as it appears in <c>podium_update.podium</c>. Lengths are pixels of a 1280 × 720 picture.</summary>
public sealed record SimulatedPodiumSegment
{
    /// <summary>Who is shown there, or null.</summary>
    public string? UserId { get; init; }

    /// <summary>Which playback is shown there, or null.</summary>
    public string? PlayId { get; init; }

    /// <summary>Width.</summary>
    public int Width { get; init; }

    /// <summary>Height.</summary>
    public int Height { get; init; }

    /// <summary>Distance from the left edge.</summary>
    public int Left { get; init; }

    /// <summary>Distance from the upper edge.</summary>
    public int Top { get; init; }

    /// <summary>Order from back to front.</summary>
    [JsonPropertyName("z-index")]
    public int ZIndex { get; init; }
}
