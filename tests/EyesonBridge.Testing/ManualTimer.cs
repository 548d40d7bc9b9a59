namespace EyesonBridge.Testing;

/// <summary>A timer of <see cref="ManualTimeProvider"/>, which is told when it is armed and when it is not any more.</summary>
internal sealed class ManualTimer : ITimer
{
    private readonly ManualTimeProvider _clock;
    private readonly ITimer _timer;
    private TimeSpan _period;
    private int _pending;
    private int _fired;

    public ManualTimer(ManualTimeProvider clock, Action callback)
    {
        _clock = clock;
        _timer = clock.CreateBare(() =>
        {
            var isPeriodic = _period > TimeSpan.Zero;
            if (Interlocked.Exchange(ref _pending, isPeriodic ? 1 : 0) == 0)
                return;

            Interlocked.Increment(ref _fired);
            clock.Note(this, isPeriodic ? clock.GetUtcNow() + _period : null);
            callback();
        });
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        if (dueTime == Timeout.InfiniteTimeSpan)
        {
            Volatile.Write(ref _pending, 0);
            _clock.Note(this, due: null);
            return _timer.Change(dueTime, period);
        }

        var fired = Volatile.Read(ref _fired);
        Volatile.Write(ref _pending, 1);
        var due = _clock.GetUtcNow() + dueTime;
        _clock.Note(this, due); // first, for it may fire at once
        DateTimeOffset now;
        do
        {
            now = _clock.GetUtcNow();
            if (!_timer.Change(due > now ? due - now : TimeSpan.Zero, period))
            {
                _clock.Note(this, due: null);
                return false;
            }
        }
        while (Volatile.Read(ref _fired) == fired && _clock.GetUtcNow() != now); // who saw that it is armed may have moved the clock meanwhile
        return true;
    }

    public void Dispose()
    {
        _timer.Dispose();
        _clock.Note(this, due: null);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
