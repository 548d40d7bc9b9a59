using System.Text;
using System.Text.Json.Serialization;
using EyesonBridge.Eyeson.Observer.Json;

namespace EyesonBridge.Eyeson.Observer;

/// <summary>A room, whole in <c>room_update</c> and in brief inside other events.</summary>
public sealed record Room
{
    /// <summary>The room's id. A custom one is reused over meetings: a meeting is id + <see cref="StartedAt"/>.</summary>
    public string? Id { get; init; }

    /// <summary>The room's name.</summary>
    public string? Name { get; init; }

    /// <summary>True once the meeting can be joined.</summary>
    public bool? Ready { get; init; }

    /// <summary>When this meeting started (UTC).</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>True when the meeting is over.</summary>
    public bool? Shutdown { get; init; }

    /// <summary>Lets anybody who has it join as a guest. Secret: <see cref="ToString"/> leaves it out.</summary>
    public string? GuestToken { get; init; }

    /// <summary>The room's options; null when they were missing.</summary>
    [JsonConverter(typeof(LenientObjectConverter<RoomOptions>))]
    public RoomOptions? Options { get; init; }

    /// <summary>Who is in the meeting; null when the list was missing.</summary>
    [JsonConverter(typeof(LenientListConverter<User>))]
    public IReadOnlyList<User>? Participants { get; init; }

    /// <summary>The running playbacks; null when the list was missing.</summary>
    [JsonConverter(typeof(LenientListConverter<Playback>))]
    public IReadOnlyList<Playback>? Playbacks { get; init; }

    /// <summary>The running presentation; given as null when there is none.</summary>
    [JsonConverter(typeof(OptionalConverter<Presentation>))]
    public Optional<Presentation> Presentation { get; init; }

    /// <summary>The running broadcasts; null when the list was missing.</summary>
    [JsonConverter(typeof(LenientListConverter<Broadcast>))]
    public IReadOnlyList<Broadcast>? Broadcasts { get; init; }

    /// <summary>The running recording; given as null when there is none.</summary>
    [JsonConverter(typeof(OptionalConverter<Recording>))]
    public Optional<Recording> Recording { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Id = {Id}, Name = {Name}, Ready = {Ready}, StartedAt = {StartedAt:O}, Shutdown = {Shutdown}");
        builder.Append($", Participants = {Participants?.Count}, Playbacks = {Playbacks?.Count}");
        builder.Append($", Presentation = {Presentation}, Broadcasts = {Broadcasts?.Count}, Recording = {Recording}");
        return true;
    }
}
