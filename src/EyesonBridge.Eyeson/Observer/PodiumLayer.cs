using System.Text.Json.Serialization;

namespace EyesonBridge.Eyeson.Observer;

/// <summary>An image over the whole picture.</summary>
public sealed record PodiumLayer
{
    /// <summary>The layer's id.</summary>
    public string? Id { get; init; }

    /// <summary>The wire's <c>z-index</c>: 1 lies before the participants, -1 behind them.</summary>
    [JsonPropertyName("z-index")]
    public int? ZIndex { get; init; }
}
