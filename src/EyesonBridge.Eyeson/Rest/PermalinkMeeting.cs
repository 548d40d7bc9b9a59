using System.Text.Json.Serialization;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Eyeson.Observer.Json;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>A permalink and the room it leads to.</summary>
public sealed record PermalinkMeeting
{
    /// <summary>The permalink; empty when the answer has none.</summary>
    [JsonConverter(typeof(LenientObjectConverter<Permalink>))]
    public Permalink Permalink { get; init => field = value ?? new(); } = new();

    /// <summary>The room; empty when the answer has none. Its <see cref="Room.StartedAt"/> is null while no meeting runs.</summary>
    [JsonConverter(typeof(LenientObjectConverter<Room>))]
    public Room Room { get; init => field = value ?? new(); } = new();

    /// <summary>The links for people; null when the answer has none.</summary>
    [JsonConverter(typeof(LenientObjectConverter<MeetingLinks>))]
    public MeetingLinks? Links { get; init; }

    /// <summary>Whether a host has started the meeting, and it is not over.</summary>
    [JsonIgnore]
    public bool IsStarted => Room is { StartedAt: not null, Shutdown: not true };

    /// <summary>
    /// Whether the permalink can no longer be used. Eyeson still answers for an expired one; the client has to
    /// check the time.
    /// </summary>
    /// <param name="now">The time.</param>
    public bool IsExpired(DateTimeOffset now) => Permalink.ExpiresAt < now;

    internal bool IsWhole() => Permalink.Id is not null || Room.Id is not null;
}
