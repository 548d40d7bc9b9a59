namespace EyesonBridge.Contracts.V1;

/// <summary>A picture of the meeting was taken.</summary>
/// <remarks>From <c>snapshot_update</c>, once for each snapshot id. OccurredAt is <c>created_at</c>.</remarks>
public sealed record SnapshotTaken : RoomEvent, IMeetingEvent
{
    /// <summary>Id of the snapshot (wire: <c>snapshots[].id</c>).</summary>
    public required string SnapshotId { get; init; }

    /// <summary>Name of the snapshot (wire: <c>snapshots[].name</c>).</summary>
    public string? Name { get; init; }

    /// <summary>Where to download the picture: a signed URL that expires one hour after it was issued (wire: <c>snapshots[].links.download</c>). Treat it as a secret.</summary>
    public string? DownloadUrl { get; init; }

    /// <summary>Who took it (wire: <c>snapshots[].creator</c>).</summary>
    public MeetingUser? TakenBy { get; init; }
}
