using System.Text.Json.Serialization;
using EyesonBridge.Eyeson.Observer.Json;

namespace EyesonBridge.Eyeson.Observer;

/// <summary><c>playback_update</c>: the whole list of running playbacks; one that is no longer in it has ended.</summary>
public sealed record PlaybackUpdate : ObserverEvent
{
    /// <inheritdoc/>
    public override string Type => ObserverEventTypes.PlaybackUpdate;

    /// <summary>All running playbacks; empty when there is none, null when the list was missing.</summary>
    [JsonConverter(typeof(MainListConverter<Playback>))]
    public IReadOnlyList<Playback>? Playing { get; init; }
}
