namespace EyesonBridge.Pacing;

/// <summary>
/// A token bucket as one number: the moment at which it would be full again (generic cell rate algorithm). A caller
/// gets a turn at once while there is burst left, and otherwise is told how long to wait; none is rejected.
/// </summary>
/// <param name="perSecond">Turns in a second, on average.</param>
/// <param name="burst">So many at once, when there were none for a while.</param>
/// <param name="time">Clock.</param>
/// <param name="sharers">How many processes share this limit now: each gets its part of both. One if omitted.</param>
/// <remarks>The framework's TokenBucketRateLimiter has a clock of its own, which tests could not move.</remarks>
internal sealed class RateLimiter(double perSecond, int burst, TimeProvider time, Func<int>? sharers = null)
{
    private readonly Lock _gate = new();
    private readonly double _ticksEach = time.TimestampFrequency / perSecond;
    private readonly long _begun = time.GetTimestamp(); // small numbers add up without rounding
    private double _fullAt;

    /// <summary>Waits for a turn, in the order of calls.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> WaitAsync(CancellationToken cancellationToken)
    {
        var wait = Take();
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellationToken);
        return wait;
    }

    /// <summary>Takes a turn when there is one now; who gets none has not taken one.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            var now = Now();
            var (each, most) = Part();
            var fullAt = Math.Max(_fullAt, now) + each;
            if (fullAt - now > most)
                return false;

            _fullAt = fullAt;
            return true;
        }
    }

    /// <summary>What one turn takes of this process' part, and how much of it may be taken at once: one turn at least.</summary>
    private (double Each, double Most) Part()
    {
        var parts = Math.Max(1, sharers?.Invoke() ?? 1);
        return (_ticksEach * parts, _ticksEach * Math.Max(burst, parts));
    }

    private double Now() => time.GetTimestamp() - _begun;

    private TimeSpan Take()
    {
        lock (_gate)
        {
            var now = Now();
            var (each, most) = Part();
            _fullAt = Math.Max(_fullAt, now) + each;
            var early = _fullAt - now - most;
            return early <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(early / time.TimestampFrequency);
        }
    }
}
