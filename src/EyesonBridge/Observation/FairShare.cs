using EyesonBridge.Storage;

namespace EyesonBridge.Observation;

/// <summary>
/// How many rooms a replica takes and gives up, so that all hold about as many. It takes up to its share at once, but gives up
/// only what is clearly too much, for a while, and little at a time: each room that moves has a gap.
/// </summary>
internal sealed class FairShare
{
    /// <summary>So many rounds in a row rooms are free, or held too many, before something is done about it.</summary>
    public const int Patience = 5;

    /// <summary>So many rooms are given up at a time.</summary>
    public const int AtOnce = 50;

    private int _roundsWithFree;
    private int _roundsWithSurplus;
    private long _replicas;

    /// <summary>How many rooms may be claimed.</summary>
    public int MayClaim(in ReplicaShare share)
    {
        _roundsWithFree = share.Free > 0 ? _roundsWithFree + 1 : 0;
        if (share.Free == 0)
            return 0;

        var left = Share(share) - share.Held;

        // Free for long: somebody lives but does not claim its part.
        return (int)Math.Clamp(_roundsWithFree > Patience ? Math.Max(left, 1 + (Share(share) / 10)) : left, 0, int.MaxValue);
    }

    /// <summary>How many rooms should be given up.</summary>
    public int Surplus(in ReplicaShare share)
    {
        var fair = Share(share);
        var isTooMany = share.Held > fair + Math.Max(2, fair / 5) && share.Free == 0 && share.Replicas == _replicas;
        _replicas = share.Replicas;
        _roundsWithSurplus = isTooMany ? _roundsWithSurplus + 1 : 0;
        return _roundsWithSurplus > Patience ? (int)Math.Min(share.Held - fair, AtOnce) : 0;
    }

    private static long Share(in ReplicaShare share)
    {
        var replicas = Math.Max(1, share.Replicas);
        return (share.Rooms + replicas - 1) / replicas;
    }
}
