using EyesonBridge.Outbox;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Outbox;

/// <summary>Rooms with events, without a dispatcher.</summary>
internal static class Lanes
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    public static RoomLane Empty(string roomId = "room") => new(roomId, new PublishWindow(PublishWindow.OfAChannel));

    /// <summary>A room with so many events that take so many bytes each.</summary>
    public static RoomLane With(int count, int bytes = 1_000)
    {
        var lane = Empty();
        for (var number = 1; number <= count; number++)
            lane.Add(Entry(number, bytes));
        return lane;
    }

    /// <summary>An event that takes so many bytes.</summary>
    public static OutboxEntry Entry(long id, int bytes = 1_000) =>
        new(id, "room", id, Guid.CreateVersion7(At), "RoomLocked", new byte[bytes - Bare(id).Weight], TraceParent: null, At);

    private static OutboxEntry Bare(long id) => new(id, "room", id, Guid.Empty, "RoomLocked", ReadOnlyMemory<byte>.Empty, TraceParent: null, At);

    /// <summary>Attempts at the events 1, 2, 3 … of a room.</summary>
    public static PublishReceipt[] Receipts(int count)
    {
        var lane = Empty();
        return [.. Enumerable.Range(1, count).Select(number => lane.Add(Entry(number)).CurrentAttempt)];
    }
}
