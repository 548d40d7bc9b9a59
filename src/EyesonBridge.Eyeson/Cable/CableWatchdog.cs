using System.Collections.Concurrent;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>Looks after all connections with one timer: ten thousand rooms cost one sweep a second.</summary>
internal sealed class CableWatchdog : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<CableRun, bool> _connections = new();
    private readonly ITimer _timer;
    private int _sweeping;
    private volatile bool _disposed;

    public CableWatchdog(TimeProvider clock) =>
        _timer = clock.CreateTimer(static self => ((CableWatchdog)self!).Sweep(), this, Interval, Interval);

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
        if (Interlocked.Exchange(ref _sweeping, 1) == 1)
            return;

        foreach (var (connection, _) in _connections)
            connection.Sweep();
        Volatile.Write(ref _sweeping, 0);
    }
}
