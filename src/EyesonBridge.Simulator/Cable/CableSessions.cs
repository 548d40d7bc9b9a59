using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace EyesonBridge.Simulator.Cable;

/// <summary>The sessions of the extended protocol. One that lost its socket can be restored for 300 s.</summary>
internal sealed class CableSessions(TimeProvider clock)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(300);

    private readonly ConcurrentDictionary<string, CableSessionState> _sessions = new(StringComparer.Ordinal);

    public CableSessionState Begin(SimulatedRoom room)
    {
        var session = new CableSessionState(RandomNumberGenerator.GetString(Alphabet, 21), room);
        _sessions[session.Sid] = session;
        return session;
    }

    /// <summary>The session that had this id in this room, unless it is forgotten.</summary>
    public CableSessionState? Find(string sid, SimulatedRoom room)
    {
        Expire();
        return _sessions.TryGetValue(sid, out var session) && session.Room == room ? session : null;
    }

    public void End(CableSessionState session)
    {
        session.EndedAt = clock.GetUtcNow();
        Expire();
    }

    public void Clear() => _sessions.Clear();

    private void Expire()
    {
        var deadline = clock.GetUtcNow() - Kept;
        foreach (var (sid, session) in _sessions)
        {
            if (session.EndedAt < deadline)
                _sessions.TryRemove(sid, out _);
        }
    }
}
