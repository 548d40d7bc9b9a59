using EyesonBridge.Storage;

namespace EyesonBridge.Observation;

/// <summary>How the rooms are spread over replicas, as this one saw it last.</summary>
internal sealed class ReplicaView(TimeProvider time)
{
    /// <summary>So long it says how things are: with a database that answers it is read every few seconds.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private ReplicaShare? _share;
    private long _readAt;

    /// <summary>Null when there are no other replicas, or it is not known any more.</summary>
    public ReplicaShare? Current
    {
        get
        {
            lock (_gate)
                return _share is not null && time.GetElapsedTime(_readAt) < Validity ? _share : null;
        }
    }

    /// <summary>It was read, just now.</summary>
    public void Note(ReplicaShare share)
    {
        lock (_gate)
            (_share, _readAt) = (share, time.GetTimestamp());
    }
}
