namespace EyesonBridge.Storage;

/// <summary>
/// What one replica at a time does for all, and whether it is this one. It is held under the lease of the replica, as rooms
/// are, and another takes it over when that ends.
/// </summary>
internal sealed class ReplicaDuties
{
    /// <summary>Asks Eyeson about permalinks.</summary>
    public const string Permalinks = "permalinks";

    /// <summary>Asks Eyeson which meetings run.</summary>
    public const string Discovery = "discovery";

    private readonly ReplicaLease? _lease;
    private readonly Action? _wish;
    private readonly Func<string, Task>? _giveUp;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);
    private HashSet<string> _held = new(StringComparer.Ordinal);
    private TaskCompletionSource _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ReplicaDuties(ReplicaLease? lease, Action? wish, Func<string, Task>? giveUp) => (_lease, _wish, _giveUp) = (lease, wish, giveUp);

    /// <summary>The duties that this replica has, or waits for.</summary>
    public IReadOnlyList<string> Wanted
    {
        get
        {
            lock (_gate)
                return [.. _wanted];
        }
    }

    /// <summary>Of a replica without others: all are always held.</summary>
    public static ReplicaDuties Always() => new(lease: null, wish: null, giveUp: null);

    /// <summary>Of one among others.</summary>
    /// <param name="lease">Its lease.</param>
    /// <param name="wish">Called when a duty is wanted that was not.</param>
    /// <param name="giveUp">Lets others have a duty.</param>
    public static ReplicaDuties Shared(ReplicaLease lease, Action wish, Func<string, Task> giveUp) => new(lease, wish, giveUp);

    /// <summary>True while nobody else does it.</summary>
    public bool IsHeld(string duty)
    {
        if (_lease is null)
            return true;

        lock (_gate)
            return _held.Contains(duty) && _lease.IsHeld;
    }

    /// <summary>Waits until it is this replica that does it.</summary>
    public async Task WhenHeldAsync(string duty, CancellationToken cancellationToken)
    {
        while (!IsHeld(duty))
        {
            Task looked;
            bool isNew;
            lock (_gate)
                (isNew, looked) = (_wanted.Add(duty), _looked.Task);
            if (isNew)
                _wish!();
            if (!IsHeld(duty))
                await looked.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Leaves it to the others, at once: this replica is about to stop.</summary>
    public async Task GiveUpAsync(string duty)
    {
        if (_giveUp is null)
            return;

        lock (_gate)
        {
            if (!_wanted.Remove(duty))
                return;
            _held.Remove(duty);
        }

        await _giveUp(duty);
    }

    /// <summary>What the database says that this replica has.</summary>
    public void Hold(IEnumerable<string> held)
    {
        TaskCompletionSource looked;
        lock (_gate)
        {
            _held = held.Where(_wanted.Contains).ToHashSet(StringComparer.Ordinal);
            (looked, _looked) = (_looked, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        looked.SetResult();
    }
}
