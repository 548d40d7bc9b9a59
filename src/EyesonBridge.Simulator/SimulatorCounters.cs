using System.Collections.Concurrent;

namespace EyesonBridge.Simulator;

/// <summary>What has been asked of the simulator since it started.</summary>
public sealed class SimulatorCounters
{
    private readonly ConcurrentDictionary<string, int> _rest = new(StringComparer.Ordinal);
    private int _accepted;
    private int _unauthorized;
    private int _refused;
    private int _open;
    private int _tooSlow;

    /// <summary>Handshakes that ended in a welcome (or would have, were it not for a fault).</summary>
    public int HandshakesAccepted => Volatile.Read(ref _accepted);

    /// <summary>Handshakes that were upgraded and then told <c>unauthorized</c>.</summary>
    public int HandshakesUnauthorized => Volatile.Read(ref _unauthorized);

    /// <summary>Handshakes that were not welcomed: unauthorized, or refused with an HTTP status.</summary>
    public int HandshakesRefused => Volatile.Read(ref _refused) + HandshakesUnauthorized;

    /// <summary>Sockets that are open now.</summary>
    public int OpenSockets => Volatile.Read(ref _open);

    /// <summary>Sockets that were closed because the observer read too slowly.</summary>
    public int TooSlow => Volatile.Read(ref _tooSlow);

    /// <summary>REST requests by path, without the query.</summary>
    public IReadOnlyDictionary<string, int> RestRequests => _rest;

    /// <summary>REST requests of one path, for example <c>/rooms</c>.</summary>
    public int RestRequestsOf(string path) => _rest.GetValueOrDefault(path);

    internal void Accepted() => Interlocked.Increment(ref _accepted);

    internal void Unauthorized() => Interlocked.Increment(ref _unauthorized);

    internal void Refused() => Interlocked.Increment(ref _refused);

    internal void Opened() => Interlocked.Increment(ref _open);

    internal void Closed() => Interlocked.Decrement(ref _open);

    internal void WasTooSlow() => Interlocked.Increment(ref _tooSlow);

    internal void Rest(string path) => _rest.AddOrUpdate(path, 1, static (_, count) => count + 1);
}
