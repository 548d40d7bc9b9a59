namespace EyesonBridge.Eyeson.Observer;

/// <summary><c>snapshot_update</c>: new snapshots. Ignore ids seen before.</summary>
public sealed record SnapshotUpdate : ObserverEvent
{
    /// <inheritdoc/>
    public override string Type => ObserverEventTypes.SnapshotUpdate;

    /// <summary>The observer's <c>snapshots</c>, or the one <c>snapshot</c> of a webhook; null when both were missing.</summary>
    public IReadOnlyList<Snapshot>? Snapshots { get; init; }
}
