using System.Text.Json.Serialization;

namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>The observer sends a list <c>snapshots</c>, the webhook one <c>snapshot</c>.</summary>
internal sealed record SnapshotUpdateBody
{
    [JsonConverter(typeof(MainListConverter<Snapshot>))]
    public IReadOnlyList<Snapshot>? Snapshots { get; init; }

    public Snapshot? Snapshot { get; init; }

    public IReadOnlyList<Snapshot>? Either => Snapshots ?? (Snapshot is null ? null : [Snapshot]);
}
