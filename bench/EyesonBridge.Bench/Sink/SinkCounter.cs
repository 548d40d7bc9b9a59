using System.Diagnostics;

namespace EyesonBridge.Bench.Sink;

/// <summary>A tally that one thread counts in and another waits for.</summary>
internal sealed class SinkCounter
{
    private readonly Lock _lock = new();
    private readonly Tally _tally = new();
    private TaskCompletionSource? _reached;
    private long _wanted = long.MaxValue;

    public void Add(ReadOnlySpan<byte> body, long now)
    {
        lock (_lock)
        {
            _tally.Add(body, now, Stopwatch.Frequency);
            if (_tally.Stamped - _tally.Late >= _wanted)
                _reached?.TrySetResult();
        }
    }

    public void Reset()
    {
        lock (_lock)
            _tally.Reset();
    }

    public Task WhenAsync(long events)
    {
        lock (_lock)
        {
            _wanted = events;
            _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_tally.Stamped - _tally.Late >= _wanted)
                _reached.SetResult();
            return _reached.Task;
        }
    }

    /// <summary>The counts as one line of words; <see cref="SinkReport"/> reads it.</summary>
    public string Report()
    {
        lock (_lock)
        {
            return new SinkReport(
                _tally.Messages,
                _tally.Stamped,
                _tally.Missing,
                _tally.Late,
                _tally.FirstAt,
                _tally.LastAt,
                _tally.Latency.Percentile(0.5),
                _tally.Latency.Percentile(0.99),
                _tally.Latency.Percentile(0.999),
                _tally.ReopenedAt,
                _tally.CaughtUpAt,
                _tally.CaughtUpAfter).ToString();
        }
    }
}
