using System.Text.Json.Serialization;

namespace EyesonBridge.Contracts.V1;

/// <summary>What all events have in common. Not a message itself: subscribe to <see cref="IRoomEvent"/> instead.</summary>
public abstract record RoomEvent : IRoomEvent
{
    /// <inheritdoc/>
    [JsonPropertyOrder(-8)]
    public required Guid EventId { get; init; }

    /// <inheritdoc/>
    [JsonPropertyOrder(-7)]
    public required string RoomId { get; init; }

    /// <inheritdoc/>
    [JsonPropertyOrder(-6)]
    public string? MeetingId { get; init; }

    /// <inheritdoc/>
    [JsonPropertyOrder(-5)]
    public required long Sequence { get; init; }

    /// <inheritdoc/>
    [JsonPropertyOrder(-4)]
    public required DateTimeOffset OccurredAt { get; init; }

    /// <inheritdoc/>
    [JsonPropertyOrder(-3)]
    public required DateTimeOffset ObservedAt { get; init; }

    /// <inheritdoc/>
    [JsonPropertyOrder(-2)]
    public required EventOrigin Origin { get; init; }

    /// <inheritdoc/>
    [JsonPropertyOrder(-1)]
    public required string Account { get; init; }
}
