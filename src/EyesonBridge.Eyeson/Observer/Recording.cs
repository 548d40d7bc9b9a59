using System.Text.Json.Serialization;
using EyesonBridge.Eyeson.Observer.Json;

namespace EyesonBridge.Eyeson.Observer;

/// <summary>A recording: in <c>recording_update</c>, in <c>room_update</c> and in REST.</summary>
public sealed record Recording
{
    /// <summary>The recording's id.</summary>
    public string? Id { get; init; }

    /// <summary>When it started (UTC). The wire's unix seconds can differ by one between start and stop.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Its length in seconds; null while it runs.</summary>
    public double? Duration { get; init; }

    /// <summary>Its addresses; <see cref="Links.Download"/> is null until the file is ready.</summary>
    [JsonConverter(typeof(LenientObjectConverter<Links>))]
    public Links? Links { get; init; }

    /// <summary>Who started it.</summary>
    [JsonConverter(typeof(LenientObjectConverter<User>))]
    public User? User { get; init; }

    /// <summary>The room it belongs to.</summary>
    [JsonConverter(typeof(LenientObjectConverter<Room>))]
    public Room? Room { get; init; }
}
