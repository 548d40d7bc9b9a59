using System.Text.Json.Serialization;
using EyesonBridge.Eyeson.Observer.Json;

namespace EyesonBridge.Eyeson.Observer;

/// <summary><c>broadcasts_update</c>: the whole list of live streams; one that is no longer in it has ended.</summary>
public sealed record BroadcastsUpdate : ObserverEvent
{
    /// <inheritdoc/>
    public override string Type => ObserverEventTypes.BroadcastsUpdate;

    /// <summary>All running broadcasts; empty when there is none, null when the list was missing.</summary>
    [JsonConverter(typeof(MainListConverter<Broadcast>))]
    public IReadOnlyList<Broadcast>? Broadcasts { get; init; }
}
