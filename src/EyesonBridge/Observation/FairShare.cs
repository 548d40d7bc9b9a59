using EyesonBridge.Storage;

namespace EyesonBridge.Observation;

/// <summary>
/// How many rooms a replica takes and gives up, so that all hold about as many. It takes up to its share at once, but gives up
/// only what is clearly too much, after a while, and little at a time: what cannot be handed over has a gap.
/// </summary>
internal sealed class FairShare(TimeProvider time)
{
    /// <summary>So long rooms are free, or too many are held, before something is done about it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>So many rooms are given up at a time, or a tenth of what is too much.</summary>
    public const int AtOnce = 50;

    /// <summary>So many rooms a replica takes that has just begun: those that began with it are not all known yet.</summary>
    public const int AtFirst = 1_000;

    /// <summary>So long a replica has just begun.</summary>
    public static readonly TimeSpan Begin = TimeSpan.FromSeconds(5);

    private long? _begun;
    private long? _freeSince;
    private long? _surplusSince;
    private long _replicas;

    /// <summary>How many rooms may be claimed.</summary>
    public int MayClaim(in ReplicaShare share)
    {
        _begun ??= time.GetTimestamp();
        if (share.Free == 0)
        {
            _freeSince = null;
            return 0;
        }

        // Free for long: somebody who lives does not claim its part. Less than what would be given up again.
        _freeSince ??= time.GetTimestamp();
        var fair = Share(share);
        var most = time.GetElapsedTime(_freeSince.Value) >= Patience ? fair + Math.Max(1, fair / 10) : fair;
        if (time.GetElapsedTime(_begun.Value) < Begin)
            most = Math.Min(most, AtFirst);
        return (int)Math.Clamp(most - share.Held, 0, int.MaxValue);
    }

    /// <summary>How many of the rooms that others offer may be accepted.</summary>
    /// <param name="share">How the rooms are spread.</param>
    /// <param name="coming">How many are accepted already.</param>
    public static int MayAccept(in ReplicaShare share, int coming) => share.Offered == 0 ? 0 : (int)Math.Clamp(Share(share) - share.Held - coming, 0, int.MaxValue);

    /// <summary>How many rooms should be given up now.</summary>
    public int Surplus(in ReplicaShare share)
    {
        var fair = Share(share);
        var isTooMany = share.Held > fair + Math.Max(2, fair / 5) && share.Free == 0 && share.Replicas == _replicas;
        _replicas = share.Replicas;
        if (!isTooMany)
        {
            _surplusSince = null;
            return 0;
        }

        _surplusSince ??= time.GetTimestamp();
        if (time.GetElapsedTime(_surplusSince.Value) < Patience)
            return 0;

        _surplusSince = null;
        var surplus = share.Held - fair;
        return (int)Math.Min(surplus, Math.Max(AtOnce, surplus / 10));
    }

    private static long Share(in ReplicaShare share)
    {
        var replicas = Math.Max(1, share.Replicas);
        return (share.Rooms + replicas - 1) / replicas;
    }
}
