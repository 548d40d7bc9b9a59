using System.Text.Json.Serialization;
using EyesonBridge.Eyeson.Observer.Json;

namespace EyesonBridge.Eyeson.Observer;

/// <summary><c>podium_update</c>: what stands where in the meeting's one picture.</summary>
public sealed record PodiumUpdate : ObserverEvent
{
    /// <inheritdoc/>
    public override string Type => ObserverEventTypes.PodiumUpdate;

    /// <summary>The segments of the picture; null when the list was missing.</summary>
    [JsonConverter(typeof(MainListConverter<PodiumSegment>))]
    public IReadOnlyList<PodiumSegment>? Podium { get; init; }

    /// <summary>The images before and behind the segments; empty when there is none, null when the list was missing.</summary>
    [JsonConverter(typeof(MainListConverter<PodiumLayer>))]
    public IReadOnlyList<PodiumLayer>? Layers { get; init; }
}
