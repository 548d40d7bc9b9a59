using System.Text;
using System.Text.Json.Serialization;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>Where Eyeson sends events of all meetings of an API key. A key has at most one.</summary>
public sealed record Webhook
{
    /// <summary>The webhook's id, for deleting it.</summary>
    public string? Id { get; init; }

    /// <summary>Where events are sent. It can hold a secret of the receiver, so <see cref="ToString"/> leaves it out.</summary>
    public string? Url { get; init; }

    /// <summary>Which events, such as <c>room_update</c>.</summary>
    [JsonConverter(typeof(WebhookTypesConverter))]
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>When it was last used (UTC).</summary>
    public DateTimeOffset? LastRequestSentAt { get; init; }

    /// <summary>What the receiver answered then: an HTTP status.</summary>
    public string? LastResponseCode { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Id = {Id}, Types = {string.Join(',', Types ?? [])}");
        builder.Append($", LastRequestSentAt = {LastRequestSentAt:O}, LastResponseCode = {LastResponseCode}");
        return true;
    }
}
