using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Meetings;

/// <summary>What is known about a frame beside its body.</summary>
internal sealed record FrameContext
{
    public required string RoomId { get; init; }

    public required string Account { get; init; }

    /// <summary>Number of the last event of the room; the first event of this frame gets the next one.</summary>
    public required long Sequence { get; init; }

    /// <summary>The history in which the numbers count.</summary>
    public string? StreamId { get; init; }

    /// <summary>When the frame was received.</summary>
    public required DateTimeOffset ObservedAt { get; init; }

    /// <summary>The body as received; passed on when it cannot be read.</summary>
    public ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>What must not be passed on with it; asked only when it is.</summary>
    public ISecretValues? Secrets { get; init; }

    /// <summary>How the bridge learned what the frame says.</summary>
    public EventOrigin Origin { get; init; } = EventOrigin.Live;

    /// <summary>Makes the id of an event to which Eyeson gives no identity: UUID v7.</summary>
    public required Func<DateTimeOffset, Guid> NewEventId { get; init; }
}
