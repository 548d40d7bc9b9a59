using EyesonBridge.Contracts.V1;
using EyesonBridge.Outbox;

namespace EyesonBridge.Observation.Room;

/// <summary>
/// Types and times of the latest events of a room, since this process owns it. Written in turn, read by anybody: an event costs
/// one number, and its place is its sequence.
/// </summary>
internal sealed class RecentEvents
{
    /// <summary>How many are kept.</summary>
    public const int Kept = 16;

    private const int TypeBits = 8;

    private long[]? _cells; // time in milliseconds, and in the lowest byte the type; most rooms that wait have no event
    private long _last;

    /// <summary>An event was made.</summary>
    public void Note(RoomEvent happened)
    {
        var cells = _cells ?? Interlocked.CompareExchange(ref _cells, new long[Kept], null) ?? _cells;
        Volatile.Write(ref cells[happened.Sequence % Kept], (happened.OccurredAt.ToUnixTimeMilliseconds() << TypeBits) | (long)EventNames.NumberOf(happened.GetType()));
        Volatile.Write(ref _last, happened.Sequence);
    }

    /// <summary>What is behind that number was not written after all.</summary>
    public void ForgetAfter(long sequence) => Volatile.Write(ref _last, Math.Min(Volatile.Read(ref _last), sequence));

    /// <summary>The latest, the last first.</summary>
    public IReadOnlyList<RecentEvent> Read()
    {
        if (Volatile.Read(ref _cells) is not { } cells)
            return [];

        var events = new List<RecentEvent>(Kept);
        var last = Volatile.Read(ref _last);
        for (var sequence = last; sequence > Math.Max(0, last - Kept); sequence--)
        {
            if (Volatile.Read(ref cells[sequence % Kept]) is not 0 and var cell)
                events.Add(new RecentEvent(sequence, EventNames.Of((int)(cell & ((1 << TypeBits) - 1))), DateTimeOffset.FromUnixTimeMilliseconds(cell >> TypeBits)));
        }

        events.RemoveAll(read => read.Sequence <= Volatile.Read(ref _last) - Kept); // their places were taken meanwhile
        return events;
    }
}
