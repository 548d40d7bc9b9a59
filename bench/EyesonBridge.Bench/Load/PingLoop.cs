using System.Diagnostics;

namespace EyesonBridge.Bench.Load;

/// <summary>
/// Pings each room every three seconds, each at a time of its own, as a server does that counts from when a connection came.
/// Pings that come in bursts cost less, because one wake-up serves many; nobody can rely on that.
/// </summary>
internal sealed class PingLoop
{
    private const int Slots = 3000;

    // Rooms that follow each other in number are far apart in time: this has no factor in common with the number of slots.
    private const int Stride = 1103;

    private readonly List<SourceRoom>[] _slots = [.. Enumerable.Range(0, Slots).Select(static _ => new List<SourceRoom>())];

    public void Add(SourceRoom room)
    {
        var slot = _slots[room.Number * (long)Stride % Slots];
        lock (slot)
            slot.Add(room);
    }

    /// <summary>Pings, on a thread of its own, until the process ends.</summary>
    public void Start() => new Thread(Run) { IsBackground = true, Name = "pings" }.Start();

    private void Run()
    {
        var begun = Stopwatch.GetTimestamp();
        for (long tick = 0; ; Thread.Sleep(1))
        {
            for (var now = (long)(Stopwatch.GetElapsedTime(begun) / PingFrame.Interval * Slots); tick < now; tick++)
            {
                var slot = _slots[tick % Slots];
                lock (slot)
                    slot.ForEach(static room => room.Ping());
            }
        }
    }
}
