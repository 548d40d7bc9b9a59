using System.Text.Json.Serialization;
using EyesonBridge.Eyeson.Observer.Json;

namespace EyesonBridge.Eyeson.Observer;

/// <summary>What somebody sent into the meeting: <see cref="ChatMessage"/> or <see cref="CustomMessage"/>.</summary>
public abstract record MeetingMessage : ObserverEvent
{
    /// <summary>The text. If Eyeson sends JSON that is not a string, this is that JSON as text.</summary>
    [JsonConverter(typeof(ContentConverter))]
    public string? Content { get; init; }

    /// <summary>The wire's <c>cid</c>: the client that sent it.</summary>
    [JsonPropertyName("cid")]
    public string? ClientId { get; init; }

    /// <summary>The user who sent it.</summary>
    public string? UserId { get; init; }

    /// <summary>When it was sent (UTC), as Eyeson says.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
