namespace EyesonBridge.Outbox;

/// <summary>
/// How much of the outbox may be in memory, in bytes (<see cref="Storage.OutboxEntry.Weight"/>), shared by all rooms: a room may have
/// as much as is still free. So one alone gets half, two get a third each, and there is always something left for the next.
/// </summary>
internal sealed class LaneMemory(long mostBytes)
{
    /// <summary>So many entries of a room are in memory whatever the others have, if they are small.</summary>
    public const int Least = 8;

    /// <summary>So many bytes of a room are in memory whatever the others have; of a larger entry, that one alone.</summary>
    public const int LeastBytes = 16 * 1024;

    /// <summary>Of a room that cannot be published, so many are in memory.</summary>
    public const int LeastOfTroubled = 2;

    private long _bytes;

    /// <summary>Called when half of it is free again, on the thread that freed it and under the lock of its line.</summary>
    public Action HalfIsFree { get; init; } = static () => { };

    /// <summary>What is in memory.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>True when there is room for nothing.</summary>
    public bool IsFull => Bytes >= mostBytes;

    /// <summary>True when the room may have one more.</summary>
    public bool HasRoomFor(RoomLane lane) => lane.IsTroubled
        ? HasLessThan(lane, LeastOfTroubled, LeastBytes)
        : HasLessThan(lane, Least, LeastBytes) || lane.Bytes < mostBytes - Bytes;

    /// <summary>
    /// True when it is worth while to read more of a room that has spilled: to find what is its own, all is looked through that
    /// was committed since. So it has little left, or there is room for much of all.
    /// </summary>
    public bool HasMuchRoomFor(RoomLane lane) => lane.IsTroubled
        ? lane.Count == 0
        : HasLessThan(lane, (Least / 2) + 1, LeastBytes / 2) || (Bytes < mostBytes / 2 && lane.Bytes < (mostBytes - Bytes) / 2);

    /// <summary>An entry was loaded.</summary>
    public void Take(long bytes) => Interlocked.Add(ref _bytes, bytes);

    /// <summary>Entries are gone.</summary>
    public void Release(long bytes)
    {
        var left = Interlocked.Add(ref _bytes, -bytes);
        if (left < mostBytes / 2 && left + bytes >= mostBytes / 2)
            HalfIsFree();
    }

    private static bool HasLessThan(RoomLane lane, int count, int bytes) => lane.Count == 0 || (lane.Count < count && lane.Bytes < bytes);
}
