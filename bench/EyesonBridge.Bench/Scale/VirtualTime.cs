namespace EyesonBridge.Bench.Scale;

/// <summary>
/// A clock that jumps to the next timer, and a thread of its own for what waits for it: the same begins give the same run. What is
/// awaited on it continues on it, one after the other, in the order in which it became ready.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    private readonly PriorityQueue<Timer, (long Due, long Number)> _timers = new();
    private readonly Pump _pump = new();
    private long _now;
    private long _numbers;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Since the begin.</summary>
    public TimeSpan Now => TimeSpan.FromTicks(_now);

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(_now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits on this clock.</summary>
    public Task DelayAsync(TimeSpan time) => Task.Delay(time > TimeSpan.Zero ? time : TimeSpan.Zero, this);

    /// <summary>Runs until the work is done.</summary>
    /// <exception cref="InvalidOperationException">It waits for something that never comes.</exception>
    public void Run(Func<Task> work)
    {
        var former = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_pump);
        try
        {
            var task = work();
            while (true)
            {
                _pump.Drain();
                if (task.IsCompleted)
                    break;
                if (!Step())
                    throw new InvalidOperationException("Everything waits, and no timer is armed.");
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(former);
        }
    }

    private bool Step()
    {
        while (_timers.TryDequeue(out var timer, out var at))
        {
            if (!timer.IsDue(at.Number))
                continue; // changed or disposed since

            _now = at.Due;
            timer.Fire();
            return true;
        }

        return false;
    }

    private long Arm(Timer timer, TimeSpan dueTime)
    {
        _timers.Enqueue(timer, (_now + Math.Max(0, dueTime.Ticks), ++_numbers));
        return _numbers;
    }

    private sealed class Timer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private long _number;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            _number = dueTime == Timeout.InfiniteTimeSpan ? 0 : time.Arm(this, dueTime);
            return true;
        }

        public bool IsDue(long number) => _number == number;

        public void Fire()
        {
            _number = _period > TimeSpan.Zero ? time.Arm(this, _period) : 0;
            callback(state);
        }

        public void Dispose() => _number = 0;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Where continuations go that may not run inside of what woke them.</summary>
    private sealed class Pump : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = new();

        public override void Post(SendOrPostCallback d, object? state) => _ready.Enqueue((d, state));

        public override void Send(SendOrPostCallback d, object? state) => d(state);

        public override SynchronizationContext CreateCopy() => this;

        public void Drain()
        {
            while (_ready.TryDequeue(out var next))
                next.Callback(next.State);
        }
    }
}
