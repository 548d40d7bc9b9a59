namespace EyesonBridge.Pacing;

/// <summary>
/// A token bucket as one number: the moment at which it would be full again (generic cell rate algorithm). A caller
/// gets a turn at once while there is burst left, and otherwise is told how long to wait; none is rejected.
/// </summary>
/// <remarks>The framework's TokenBucketRateLimiter has a clock of its own, which tests could not move.</remarks>
internal sealed class RateLimiter(double perSecond, int burst, TimeProvider time)
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
            var fullAt = Math.Max(_fullAt, now) + _ticksEach;
            if (fullAt - now > burst * _ticksEach)
                return false;

            _fullAt = fullAt;
            return true;
        }
    }

    private double Now() => time.GetTimestamp() - _begun;

    private TimeSpan Take()
    {
        lock (_gate)
        {
            var now = Now();
            _fullAt = Math.Max(_fullAt, now) + _ticksEach;
            var early = _fullAt - now - (burst * _ticksEach);
            return early <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(early / time.TimestampFrequency);
        }
    }
}
