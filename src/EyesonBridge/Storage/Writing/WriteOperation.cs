namespace EyesonBridge.Storage.Writing;

/// <summary>
/// A write and the caller that waits for it. It is begun, then settled (committed, failed or cancelled), or paused and
/// begun again. Cancelling settles it only while it is not begun: a write reported as cancelled is never on disk.
/// </summary>
internal abstract class WriteOperation(long bytes)
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Settled = 2;

    private int _phase = Waiting;
    private WriteQueue? _queue;
    private CancellationToken _cancellationToken;
    private CancellationTokenRegistration _registration;

    /// <summary>What it carries, roughly.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>When it has to be written.</summary>
    public abstract WriteHaste Haste { get; }

    /// <summary>True when the database has more room after it, so that it may overtake others while the disk is full.</summary>
    public virtual bool FreesSpace => false;

    /// <summary>True when others are joined to it, and run with it.</summary>
    public virtual bool HasJoined => false;

    /// <summary>Where it stands in a queue; null when it is in none.</summary>
    public WriteLine? Line { get; set; }

    /// <summary>The one before it in the same line.</summary>
    public WriteOperation? Previous { get; set; }

    /// <summary>The one behind it in the same line.</summary>
    public WriteOperation? Next { get; set; }

    /// <summary>True when the caller has been told the outcome.</summary>
    public bool IsSettled => Volatile.Read(ref _phase) == Settled;

    /// <summary>Counts as under way from now on. Gives the write up, and leaves <paramref name="queue"/>, when the token is cancelled in time.</summary>
    public void Enter(WriteQueue queue, CancellationToken cancellationToken)
    {
        _queue = queue;
        queue.NoteEntered(Bytes);
        _cancellationToken = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(static operation => ((WriteOperation)operation!).TryGiveUp(), this);
    }

    /// <summary>Begins it. False when it is settled already.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref _phase, Begun, Waiting) == Waiting;

    /// <summary>Undoes the begin after a rollback. If it was cancelled meanwhile, it is given up now.</summary>
    public void Pause()
    {
        if (Interlocked.CompareExchange(ref _phase, Waiting, Begun) == Begun && _cancellationToken.IsCancellationRequested)
            TryGiveUp();
    }

    /// <summary>Has no others joined to it, as in the beginning.</summary>
    public virtual void StandAlone()
    {
    }

    /// <summary>Tells the caller that it is on disk.</summary>
    public void Complete()
    {
        if (Settle())
            TellResult();
    }

    /// <summary>Tells the caller that it failed.</summary>
    public void Fail(Exception exception)
    {
        if (Settle())
            TellException(exception);
    }

    protected abstract void TellResult();

    protected abstract void TellException(Exception exception);

    protected abstract void TellCancelled(CancellationToken cancellationToken);

    private bool Settle()
    {
        _registration.Unregister();
        if (Interlocked.Exchange(ref _phase, Settled) == Settled)
            return false;

        _queue?.NoteSettled(Bytes);
        return true;
    }

    private void TryGiveUp()
    {
        if (Interlocked.CompareExchange(ref _phase, Settled, Waiting) != Waiting)
            return;

        _queue?.Remove(this);
        _queue?.NoteSettled(Bytes);
        TellCancelled(_cancellationToken);
    }
}
