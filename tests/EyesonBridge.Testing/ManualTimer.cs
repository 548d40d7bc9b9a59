namespace EyesonBridge.Testing;

/// <summary>A timer of <see cref="ManualTimeProvider"/>, which is told when it is armed and when it is not any more.</summary>
internal sealed class ManualTimer : ITimer
{
    private readonly ManualTimeProvider _clock;
    private readonly ITimer _timer;
    private TimeSpan _period;

    public ManualTimer(ManualTimeProvider clock, Action callback)
    {
        _clock = clock;
        _timer = clock.CreateBare(() =>
        {
            clock.Note(this, _period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan);
            callback();
        });
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        _clock.Note(this, dueTime); // first, for it may fire at once
        if (_timer.Change(dueTime, period))
            return true;

        _clock.Note(this, Timeout.InfiniteTimeSpan);
        return false;
    }

    public void Dispose()
    {
        _timer.Dispose();
        _clock.Note(this, Timeout.InfiniteTimeSpan);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
