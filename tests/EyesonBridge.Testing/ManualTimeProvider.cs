using Microsoft.Extensions.Time.Testing;

namespace EyesonBridge.Testing;

/// <summary>
/// A clock that moves only when a test says so, and tells when a timer is armed. Timers fire inside <see cref="Advance"/>,
/// in order and each at its own time: what one of them arms is due from there.
/// </summary>
/// <param name="start">Where the clock starts; else at noon of 2026-01-01 UTC.</param>
public sealed class ManualTimeProvider(DateTimeOffset? start = null)
    : FakeTimeProvider(start ?? new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero))
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ManualTimer, DateTimeOffset> _armed = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many timers wait for the clock to move.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_gate)
                return _armed.Count;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock by <paramref name="by"/>, stopping at each timer that falls due on the way.</summary>
    public new void Advance(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        for (var reached = DateTimeOffset.MinValue; NextDue(reached, target) is { } due; reached = due)
            MoveTo(due); // called by a timer's callback it only moves the clock: the others fire when that callback is done
        MoveTo(target);
    }

    /// <summary>Completes when at least <paramref name="count"/> timers are armed: the code under test waits now.</summary>
    public Task WhenArmedAsync(int count, CancellationToken cancellationToken) => WhenArmedAsync(armed => armed.Count >= count, cancellationToken);

    /// <summary>Completes when so many timers are armed that are due after this time, from now: whoever waits so long waits now.</summary>
    public Task WhenArmedForAsync(TimeSpan time, CancellationToken cancellationToken, int count = 1) =>
        WhenArmedAsync(armed => armed.Count(due => due == GetUtcNow() + time) >= count, cancellationToken);

    private async Task WhenArmedAsync(Func<ICollection<DateTimeOffset>, bool> isSo, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (isSo(_armed.Values))
                    return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    internal ITimer CreateBare(Action fire) => base.CreateTimer(_ => fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    internal void Note(ManualTimer timer, DateTimeOffset? due)
    {
        lock (_gate)
        {
            if (due is null)
                _armed.Remove(timer);
            else
                _armed[timer] = due.Value;

            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private DateTimeOffset? NextDue(DateTimeOffset after, DateTimeOffset until)
    {
        lock (_gate)
            return _armed.Values.Where(due => due > after && due <= until).Select(due => (DateTimeOffset?)due).Min();
    }

    private void MoveTo(DateTimeOffset time)
    {
        var by = time - GetUtcNow();
        base.Advance(by > TimeSpan.Zero ? by : TimeSpan.Zero);
    }
}
