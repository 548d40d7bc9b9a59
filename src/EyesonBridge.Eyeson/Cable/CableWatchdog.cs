using System.Collections.Concurrent;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>
/// Looks after all connections with one timer: ten thousand rooms cost one sweep a second. Only when the time of one of them
/// is over before that, which pings prevent, the sweep comes then.
/// </summary>
internal sealed class CableWatchdog : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50); // many that fall silent share a sweep
    private readonly ConcurrentDictionary<CableRun, bool> _connections = new();
    private readonly ITimer _timer;
    private volatile bool _disposed;

    public CableWatchdog(TimeProvider clock) =>
        _timer = clock.CreateTimer(static self => ((CableWatchdog)self!).Sweep(), this, Interval, Timeout.InfiniteTimeSpan);

    public int Connections => _connections.Count;

    public TimeSpan LongestSilence =>
        _connections.Select(connection => connection.Key.SilentFor ?? TimeSpan.Zero).DefaultIfEmpty(TimeSpan.Zero).Max();

    public void Add(CableRun connection)
    {
        _connections.TryAdd(connection, true);
        if (_disposed)
            connection.Abort(CableEndings.Stopped);
    }

    public void Remove(CableRun connection) => _connections.TryRemove(connection, out _);

    /// <summary>Ends what still runs: nobody would notice its silence any more.</summary>
    public void Dispose()
    {
        _disposed = true;
        _timer.Dispose();
        foreach (var (connection, _) in _connections)
            connection.Abort(CableEndings.Stopped);
    }

    private void Sweep()
    {
        var next = Interval;
        try
        {
            foreach (var (connection, _) in _connections)
            {
                var left = connection.Sweep();
                if (left < next)
                    next = left;
            }
        }
        finally
        {
            if (!_disposed)
                _timer.Change(next > Shortest ? next : Shortest, Timeout.InfiniteTimeSpan);
        }
    }
}
