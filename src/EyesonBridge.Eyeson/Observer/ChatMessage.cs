using System.Text.Json.Serialization;
using EyesonBridge.Eyeson.Observer.Json;

namespace EyesonBridge.Eyeson.Observer;

/// <summary><c>chat</c>: a message in the meeting's chat.</summary>
public sealed record ChatMessage : ObserverEvent
{
    /// <inheritdoc/>
    public override string Type => ObserverEventTypes.Chat;

    /// <summary>The text. Should Eyeson send JSON that is no string, this is that JSON as text.</summary>
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
