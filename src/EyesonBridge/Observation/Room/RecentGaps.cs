using EyesonBridge.Outbox;

namespace EyesonBridge.Observation.Room;

/// <summary>The latest gaps of a room, since this process owns it.</summary>
internal sealed class RecentGaps
{
    /// <summary>How many are kept.</summary>
    public const int Kept = 8;

    private RecentGap[] _latest = [];

    /// <summary>The latest, the last first.</summary>
    public IReadOnlyList<RecentGap> Latest => Volatile.Read(ref _latest);

    /// <summary>A gap is over. Called in turn.</summary>
    public void Note(RecentGap gap) => Volatile.Write(ref _latest, [gap, .. _latest.Take(Kept - 1)]);
}
