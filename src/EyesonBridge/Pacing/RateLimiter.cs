namespace EyesonBridge.Pacing;

/// <summary>
/// A token bucket whose turns are given in the order of calls: at once while there is burst left, and otherwise when the time
/// for them has come; none is rejected. Several processes can share a limit, and the part of each may change while callers wait.
/// </summary>
/// <param name="perSecond">Turns in a second, on average.</param>
/// <param name="burst">So many at once, when there were none for a while.</param>
/// <param name="time">Clock.</param>
/// <param name="part">Which part of both is this process' now: more than 0, at most 1. All of it if omitted.</param>
/// <remarks>The framework's TokenBucketRateLimiter has a clock of its own, which tests could not move, and a rate for ever.</remarks>
internal sealed class RateLimiter(double perSecond, int burst, TimeProvider time, Func<double>? part = null)
{
    private const double Rounding = 1e-9;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1); // then it is seen that the part has grown

    private readonly Lock _gate = new();
    private readonly Queue<Turn> _waiting = [];
    private long _at = time.GetTimestamp();
    private double _taken;
    private int _count;
    private bool _isGiving;

    /// <summary>The turns that are waited for, and those taken that time has not given back yet.</summary>
    public int Load
    {
        get
        {
            lock (_gate)
            {
                Refill();
                return (int)Math.Ceiling(_taken - Rounding) + Waiting;
            }
        }
    }

    /// <summary>The turns that are waited for.</summary>
    public int Waiting => Volatile.Read(ref _count);

    private double Part => part?.Invoke() ?? 1;

    /// <summary>Waits for a turn, in the order of calls.</summary>
    /// <returns>How long it took.</returns>
    public Task<TimeSpan> WaitAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<TimeSpan>(cancellationToken);

        var turn = new Turn(this, time.GetTimestamp());
        lock (_gate)
        {
            if (TryTakeNow())
                return Task.FromResult(TimeSpan.Zero);

            _waiting.Enqueue(turn);
            Interlocked.Increment(ref _count);
            if (!_isGiving)
                _ = GiveAsync();
        }

        turn.CancelBy(cancellationToken);
        return turn.Task;
    }

    /// <summary>Takes a turn when there is one now; who gets none has not taken one.</summary>
    public bool TryTake()
    {
        lock (_gate)
            return TryTakeNow();
    }

    private bool TryTakeNow()
    {
        if (_waiting.Count > 0 || Missing() > 0)
            return false;

        _taken++;
        return true;
    }

    /// <summary>Gives turns for as long as somebody waits.</summary>
    private async Task GiveAsync()
    {
        while (GiveThoseThatAreDue() is { } pause)
            await Task.Delay(pause < LookEvery ? pause : LookEvery, time, CancellationToken.None);
    }

    /// <returns>How long it takes until the next turn; null when nobody waits any more.</returns>
    private TimeSpan? GiveThoseThatAreDue()
    {
        lock (_gate)
        {
            while (_waiting.TryPeek(out var next))
            {
                if (!next.Task.IsCompleted && Missing() is > 0 and var missing)
                {
                    _isGiving = true;
                    return TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling((missing / (perSecond * Part) * 1_000) - Rounding)));
                }

                if (next.TryGive(time.GetElapsedTime(next.Since)))
                    _taken++;
                _waiting.Dequeue();
            }

            _isGiving = false;
            return null;
        }
    }

    /// <summary>What time has to give back until there is a turn; one at a time there always is.</summary>
    private double Missing()
    {
        Refill();
        return _taken + 1 - Math.Max(1, burst * Part) is > Rounding and var missing ? missing : 0;
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        _taken = Math.Max(0, _taken - (time.GetElapsedTime(_at, now).TotalSeconds * perSecond * Part));
        _at = now;
    }

    /// <summary>A caller that waits, since when.</summary>
    private sealed class Turn(RateLimiter limiter, long since) : TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        private CancellationTokenRegistration _cancellation;

        public long Since => since;

        public void CancelBy(CancellationToken cancellationToken) => _cancellation = cancellationToken.UnsafeRegister(
            static (turn, cancelled) => ((Turn)turn!).Cancel(cancelled), this);

        /// <summary>False when its caller does not wait any more.</summary>
        public bool TryGive(TimeSpan waited)
        {
            _cancellation.Unregister();
            return TrySetResult(waited) && Leave();
        }

        private void Cancel(CancellationToken cancellationToken) => _ = TrySetCanceled(cancellationToken) && Leave();

        private bool Leave()
        {
            Interlocked.Decrement(ref limiter._count);
            return true;
        }
    }
}
