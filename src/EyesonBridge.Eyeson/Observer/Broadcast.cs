using System.Text.Json.Serialization;
using EyesonBridge.Eyeson.Observer.Json;

namespace EyesonBridge.Eyeson.Observer;

/// <summary>A live stream of the meeting to a platform.</summary>
public sealed record Broadcast
{
    /// <summary>The broadcast's id; in the documented sample the same as <see cref="Platform"/>.</summary>
    public string? Id { get; init; }

    /// <summary>The platform, such as <c>generic</c>.</summary>
    public string? Platform { get; init; }

    /// <summary>Where it can be watched; empty when Eyeson does not know.</summary>
    public string? PlayerUrl { get; init; }

    /// <summary>Who started it.</summary>
    [JsonConverter(typeof(LenientObjectConverter<User>))]
    public User? User { get; init; }

    /// <summary>The room it belongs to.</summary>
    [JsonConverter(typeof(LenientObjectConverter<Room>))]
    public Room? Room { get; init; }
}
