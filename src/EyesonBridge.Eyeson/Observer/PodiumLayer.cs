using System.Text.Json.Serialization;

namespace EyesonBridge.Eyeson.Observer;

/// <summary>An image over the whole picture.</summary>
public sealed record PodiumLayer
{
    /// <summary>The layer's id.</summary>
    public string? Id { get; init; }

    /// <summary>The wire's <c>z-index</c>; the documented sample has 1 and -1.</summary>
    [JsonPropertyName("z-index")]
    public int? ZIndex { get; init; }
}
