namespace EyesonBridge.Storage;

/// <summary>
/// Whether this replica may act on what it holds, by its own clock: it stops reading and publishing a while before the
/// database lets others have its rooms.
/// </summary>
internal sealed class ReplicaLease
{
    /// <summary>So long before its end a lease is not relied on any more: what was begun has to be over by then.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider? _time;
    private readonly Lock _gate = new();
    private long? _renewedAt;
    private long? _troubledAt;

    private ReplicaLease(TimeSpan duration, TimeProvider? time)
    {
        Duration = duration;
        _time = time;
    }

    /// <summary>For how long a room is this replica's without being renewed.</summary>
    public TimeSpan Duration { get; }

    /// <summary>True when other replicas can take what this one holds.</summary>
    public bool IsShared => _time is not null;

    /// <summary>True while nobody else can have what this replica holds.</summary>
    public bool IsHeld
    {
        get
        {
            if (_time is null)
                return true;

            lock (_gate)
                return _renewedAt is { } at && _time.GetElapsedTime(at) < Duration - Margin;
        }
    }

    /// <summary>
    /// True when no renewal has failed lately: then whoever could not renew had trouble of its own. After trouble of the
    /// database, all get the time to renew before somebody takes their rooms.
    /// </summary>
    public bool IsSteady
    {
        get
        {
            if (_time is null)
                return true;

            lock (_gate)
                return _troubledAt is not { } at || _time.GetElapsedTime(at) > Duration;
        }
    }

    /// <summary>One that is always held.</summary>
    public static ReplicaLease Always(TimeSpan duration) => new(duration, time: null);

    /// <summary>One that has to be renewed.</summary>
    public static ReplicaLease Renewed(TimeSpan duration, TimeProvider time) => new(duration, time);

    /// <summary>The database has renewed it.</summary>
    /// <param name="askedAt">Timestamp of before it was asked to.</param>
    public void Renew(long askedAt)
    {
        lock (_gate)
            _renewedAt = askedAt;
    }

    /// <summary>It could not be renewed.</summary>
    public void NoteTrouble()
    {
        lock (_gate)
            _troubledAt = _time?.GetTimestamp();
    }

    /// <summary>Waits until it is held.</summary>
    public async Task WhenHeldAsync(CancellationToken cancellationToken)
    {
        while (!IsHeld)
            await Task.Delay(LookEvery, _time!, cancellationToken);
    }
}
