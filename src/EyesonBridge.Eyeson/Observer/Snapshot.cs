using System.Text.Json.Serialization;
using EyesonBridge.Eyeson.Observer.Json;

namespace EyesonBridge.Eyeson.Observer;

/// <summary>A still picture of the meeting.</summary>
public sealed record Snapshot
{
    /// <summary>The snapshot's id.</summary>
    public string? Id { get; init; }

    /// <summary>Its name; in the documented sample a unix time as text.</summary>
    public string? Name { get; init; }

    /// <summary>Where its file lies.</summary>
    [JsonConverter(typeof(LenientObjectConverter<Links>))]
    public Links? Links { get; init; }

    /// <summary>Who took it.</summary>
    [JsonConverter(typeof(LenientObjectConverter<User>))]
    public User? Creator { get; init; }

    /// <summary>When it was taken (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The room it belongs to.</summary>
    [JsonConverter(typeof(LenientObjectConverter<Room>))]
    public Room? Room { get; init; }
}
