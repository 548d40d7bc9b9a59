namespace EyesonBridge.Outbox;

/// <summary>Counts what happens in slots of time of the same length, of which the latest are kept. Adding takes no lock and allocates nothing.</summary>
/// <param name="width">How long a slot is; whole seconds.</param>
/// <param name="slots">How many are kept, the one that is not over among them.</param>
internal sealed class SlotCounter(TimeSpan width, int slots)
{
    private readonly long[] _cells = new long[slots]; // the slot's number, and in the lower half what was counted in it

    /// <summary>How long a slot is.</summary>
    public TimeSpan Width => width;

    /// <summary>Counts in the slot of that moment; nothing when its place is a later one's by now.</summary>
    public void Add(DateTimeOffset at, int count)
    {
        var number = NumberOf(at);
        ref var cell = ref _cells[number % slots];
        for (var seen = Volatile.Read(ref cell); seen >> 32 <= number;)
        {
            var counted = seen >> 32 == number ? seen + count : (number << 32) + count;
            var found = Interlocked.CompareExchange(ref cell, counted, seen);
            if (found == seen)
                return;
            seen = found;
        }
    }

    /// <summary>What was counted in the slots until that moment, the oldest first; the last is not over.</summary>
    public IReadOnlyList<long> Read(DateTimeOffset now)
    {
        var counts = new long[slots];
        var last = NumberOf(now);
        for (var index = 0; index < slots; index++)
        {
            var number = last - slots + 1 + index;
            var seen = Volatile.Read(ref _cells[number % slots]);
            counts[index] = seen >> 32 == number ? seen & uint.MaxValue : 0;
        }

        return counts;
    }

    private long NumberOf(DateTimeOffset at) => Math.Max(at.ToUnixTimeSeconds() / (long)width.TotalSeconds, slots);
}
