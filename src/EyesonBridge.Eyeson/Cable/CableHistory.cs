namespace EyesonBridge.Eyeson.Cable;

/// <summary>
/// Asks the server for missed messages (AnyCable's extended protocol). It may be ignored: a server without history stays
/// silent or answers <c>reject_history</c>, and it is unconfirmed whether Eyeson keeps one.
/// </summary>
public sealed record CableHistory
{
    /// <summary>From when messages are wanted; AnyCable keeps 300 s by default. Null when only positions count.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The last position seen of each stream, by <see cref="CableMessage.StreamId"/>.</summary>
    public IReadOnlyDictionary<string, CablePosition> Streams { get; init; } = new Dictionary<string, CablePosition>(StringComparer.Ordinal);
}
