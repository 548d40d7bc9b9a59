using System.Text.Json.Serialization;
using EyesonBridge.Eyeson.Observer.Json;

namespace EyesonBridge.Eyeson.Observer;

/// <summary>A screen or a file that a participant shows.</summary>
public sealed record Presentation
{
    /// <summary>Who presents.</summary>
    [JsonConverter(typeof(LenientObjectConverter<User>))]
    public User? User { get; init; }

    /// <summary>The room it belongs to.</summary>
    [JsonConverter(typeof(LenientObjectConverter<Room>))]
    public Room? Room { get; init; }
}
