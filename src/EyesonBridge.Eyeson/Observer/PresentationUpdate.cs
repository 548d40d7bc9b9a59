using System.Text.Json.Serialization;
using EyesonBridge.Eyeson.Observer.Json;

namespace EyesonBridge.Eyeson.Observer;

/// <summary><c>presentation_update</c>: a screen or a file is shown, or no longer shown.</summary>
public sealed record PresentationUpdate : ObserverEvent
{
    /// <inheritdoc/>
    public override string Type => ObserverEventTypes.PresentationUpdate;

    /// <summary>The presentation that runs now; given as null when it has stopped.</summary>
    [JsonConverter(typeof(OptionalConverter<Presentation>))]
    public Optional<Presentation> Presentation { get; init; }
}
