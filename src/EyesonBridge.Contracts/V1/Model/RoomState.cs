namespace EyesonBridge.Contracts.V1;

/// <summary>Everything that is known of a room at one moment.</summary>
public sealed record RoomState
{
    /// <summary>Name of the room (wire: <c>room_update.content.name</c>).</summary>
    public string? Name { get; init; }

    /// <summary>True when the meeting can be joined (wire: <c>ready</c>).</summary>
    public required bool IsReady { get; init; }

    /// <summary>When the meeting started, UTC (wire: <c>started_at</c>).</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>True when nobody else can join; null while unknown, because <c>room_update</c> does not say (wire: <c>lock.locked</c>).</summary>
    public bool? IsLocked { get; init; }

    /// <summary>Who is in the meeting (wire: <c>participants</c>).</summary>
    public required IReadOnlyList<Participant> Participants { get; init; }

    /// <summary>The running recording; null when there is none (wire: <c>recording</c>).</summary>
    public ActiveRecording? Recording { get; init; }

    /// <summary>Live streams that are on (wire: <c>broadcasts</c>).</summary>
    public required IReadOnlyList<Broadcast> Broadcasts { get; init; }

    /// <summary>Files that are playing (wire: <c>playbacks</c>).</summary>
    public required IReadOnlyList<Playback> Playbacks { get; init; }

    /// <summary>What is presented; null when nothing is (wire: <c>presentation</c>).</summary>
    public Presentation? Presentation { get; init; }

    /// <summary>Arrangement of the screen; null while unknown (wire: <c>options</c>).</summary>
    public Layout? Layout { get; init; }
}
