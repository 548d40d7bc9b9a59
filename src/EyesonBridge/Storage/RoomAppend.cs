using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Storage;

/// <summary>One step of an observation, written all or nothing.</summary>
internal sealed record RoomAppend
{
    public required string RoomId { get; init; }

    public required string Owner { get; init; }

    public required long Epoch { get; init; }

    /// <summary>The sequence before these events; the append is fenced when the store has another one.</summary>
    public required long FromSequence { get; init; }

    /// <summary>The history in which the events are numbered; kept with each.</summary>
    public string? StreamId { get; init; }

    /// <summary>The status from now on.</summary>
    public required ObservationStatus Status { get; init; }

    /// <summary>Name of the reason for the status, in camelCase.</summary>
    public string? Reason { get; init; }

    /// <summary>When this was observed: becomes the time of the status when that changes.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When something was last received from the room; null keeps the stored value.</summary>
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>The new state of the meeting as JSON; null leaves what is stored.</summary>
    public ReadOnlyMemory<byte>? State { get; init; }

    /// <summary>The meeting from now on; null writes that it is unknown.</summary>
    public string? MeetingId { get; init; }

    /// <summary>Where the streams of the extended protocol stand, as JSON; null leaves what is stored.</summary>
    public string? Positions { get; init; }

    /// <summary>
    /// True when something is left to do after the observation is over, such as a recording whose file is not ready: the
    /// room then stays claimed, and is claimed again after a restart.
    /// </summary>
    public bool IsFollowed { get; init; }

    /// <summary>Entries of the room's inbox that this takes up; they are deleted with it.</summary>
    public IReadOnlyList<long> TakenUp { get; init; } = [];

    /// <summary>The events, in order; the first has the sequence <see cref="FromSequence"/> + 1.</summary>
    public required IReadOnlyList<OutboxEvent> Events { get; init; }

    /// <summary>The last change of what is wanted that was known when this was decided; what is wanted since outlives the end.</summary>
    public long KnownIntent { get; init; } = long.MaxValue;

    /// <summary>
    /// When the meeting that is over was last heard, if it ended unheard: what was wanted later can be about the next one, and
    /// outlives the end too. Null when its end was heard.
    /// </summary>
    public DateTimeOffset? GapFrom { get; init; }

    /// <summary>Whether the observation is over with this step.</summary>
    public AppendClosure Closure { get; init; }
}
