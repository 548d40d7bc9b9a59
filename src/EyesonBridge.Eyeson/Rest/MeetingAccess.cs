using System.Text;
using System.Text.Json.Serialization;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Eyeson.Observer.Json;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>A seat in a meeting, as host or as guest.</summary>
public sealed record MeetingAccess
{
    /// <summary>
    /// What Eyeson's SDKs join with (<c>eyeson.start(accessKey)</c>). Secret, and the user's alone: <see cref="ToString"/>
    /// leaves it out.
    /// </summary>
    public string AccessKey { get; init => field = value ?? ""; } = "";

    /// <summary>The room; empty when the answer has none.</summary>
    [JsonConverter(typeof(LenientObjectConverter<Room>))]
    public Room Room { get; init => field = value ?? new(); } = new();

    /// <summary>The user that was created or found; null when the answer has none.</summary>
    [JsonConverter(typeof(LenientObjectConverter<User>))]
    public User? User { get; init; }

    /// <summary>The links for people; empty when the answer has none.</summary>
    [JsonConverter(typeof(LenientObjectConverter<MeetingLinks>))]
    public MeetingLinks Links { get; init => field = value ?? new(); } = new();

    /// <summary>Whether the meeting is locked.</summary>
    public bool? Locked { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Room = {Room}, Links = {Links}, Locked = {Locked}");
        return true;
    }
}
