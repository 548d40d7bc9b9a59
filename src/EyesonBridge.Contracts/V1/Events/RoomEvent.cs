using System.Text.Json.Serialization;

namespace EyesonBridge.Contracts.V1;

/// <summary>What all events have in common. Not a message itself: subscribe to <see cref="IRoomEvent"/> instead.</summary>
/// <remarks>
/// The bridge sets every property here, in one place for all events. In JSON they are always present; in C# they are not
/// <c>required</c>, so that a consumer's test can create an event without them.
/// </remarks>
public abstract record RoomEvent : IRoomEvent
{
    /// <inheritdoc/>
    [JsonPropertyOrder(-8)]
    [JsonRequired]
    public Guid EventId { get; init; }

    /// <inheritdoc/>
    [JsonPropertyOrder(-7)]
    [JsonRequired]
    public string RoomId { get; init; } = "";

    /// <inheritdoc/>
    [JsonPropertyOrder(-6)]
    public string? MeetingId { get; init; }

    /// <inheritdoc/>
    [JsonPropertyOrder(-5)]
    [JsonRequired]
    public long Sequence { get; init; }

    /// <inheritdoc/>
    [JsonPropertyOrder(-5)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StreamId { get; init; }

    /// <inheritdoc/>
    [JsonPropertyOrder(-4)]
    [JsonRequired]
    public DateTimeOffset OccurredAt { get; init; }

    /// <inheritdoc/>
    [JsonPropertyOrder(-3)]
    [JsonRequired]
    public DateTimeOffset ObservedAt { get; init; }

    /// <inheritdoc/>
    [JsonPropertyOrder(-2)]
    [JsonRequired]
    public EventOrigin Origin { get; init; }

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    [JsonRequired]
    public string Account { get; init; } = "";
}
