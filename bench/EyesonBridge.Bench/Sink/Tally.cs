using EyesonBridge.Bench.Load;

namespace EyesonBridge.Bench.Sink;

/// <summary>What has arrived: how many, how late, and whether each room's events came all and in order.</summary>
internal sealed class Tally
{
    private readonly Dictionary<int, long> _last = [];
    private LatencyHistogram _latency = new();

    /// <summary>All messages, with a stamp or without.</summary>
    public long Messages { get; private set; }

    /// <summary>Events with a stamp.</summary>
    public long Stamped { get; private set; }

    /// <summary>Events that did not come before a later one of their room.</summary>
    public long Missing { get; private set; }

    /// <summary>Events that came after a later one of their room, or twice.</summary>
    public long Late { get; private set; }

    public long FirstAt { get; private set; }

    public long LastAt { get; private set; }

    /// <summary>When the first event came that had waited for long.</summary>
    public long ReopenedAt { get; private set; }

    /// <summary>When after that the first event came that had hardly waited.</summary>
    public long CaughtUpAt { get; private set; }

    /// <summary>How many events had come by then.</summary>
    public long CaughtUpAfter { get; private set; }

    public LatencyHistogram Latency => _latency;

    /// <summary>Takes a message that arrived.</summary>
    /// <param name="body">Its bytes.</param>
    /// <param name="now">When, in ticks of the stopwatch, of which there are <paramref name="frequency"/> a second.</param>
    /// <param name="frequency">Ticks a second.</param>
    public void Add(ReadOnlySpan<byte> body, long now, long frequency)
    {
        Messages++;
        if (!EventStamp.TryFind(body, out var stamp))
            return;

        if (Stamped++ == 0)
            FirstAt = now;
        LastAt = now;
        var last = _last.GetValueOrDefault(stamp.Room);
        if (stamp.Number <= last)
        {
            Late++;
        }
        else
        {
            Missing += stamp.Number - last - 1;
            _last[stamp.Room] = stamp.Number;
        }

        _latency.Add((now - stamp.Ticks) * 1_000_000 / frequency);
        Follow((now - stamp.Ticks) / (double)frequency, now);
    }

    /// <summary>Counts from zero again. How far each room is stays known.</summary>
    public void Reset()
    {
        Messages = Stamped = Missing = Late = FirstAt = LastAt = ReopenedAt = CaughtUpAt = CaughtUpAfter = 0;
        _latency = new LatencyHistogram();
    }

    private void Follow(double seconds, long now)
    {
        if (ReopenedAt == 0 && seconds > 5)
        {
            ReopenedAt = now;
        }
        else if (ReopenedAt > 0 && CaughtUpAt == 0 && seconds < 0.5)
        {
            CaughtUpAt = now;
            CaughtUpAfter = Stamped;
        }
    }
}
