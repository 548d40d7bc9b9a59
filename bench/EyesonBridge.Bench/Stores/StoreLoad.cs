using System.Diagnostics;
using System.Globalization;
using EyesonBridge.Bench.Parts;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Outbox;
using EyesonBridge.Storage;

namespace EyesonBridge.Bench.Stores;

/// <summary>Rooms and events for a store.</summary>
internal static class StoreLoad
{
    public const string Owner = "bench";

    private static readonly byte[] Payload = EventSerializer.Write(SampleFrame.Event());

    /// <summary>The id of the room with a number.</summary>
    public static string Id(int room) => room.ToString("D24", CultureInfo.InvariantCulture);

    /// <summary>Appends so many events to rooms in turn, as fast as they are taken, 64 of each room at a time; how long it took.</summary>
    /// <exception cref="BenchException">An append was refused.</exception>
    public static async Task<TimeSpan> AppendAsync(IBridgeStore store, IReadOnlyList<RoomRow> rooms, int events, CancellationToken cancellationToken)
    {
        const int AtOnce = 64;
        var watch = Stopwatch.StartNew();
        for (var sequence = 0; sequence * rooms.Count < events; sequence += AtOnce)
        {
            var last = Math.Min(sequence + AtOnce, (events + rooms.Count - 1) / rooms.Count);
            var appends = from number in Enumerable.Range(sequence, last - sequence)
                          from room in rooms
                          select store.AppendAsync(Step(room, number), cancellationToken);
            var outcomes = await Task.WhenAll(appends);
            if (Array.Exists(outcomes, static outcome => outcome != AppendOutcome.Committed))
                throw new BenchException("An append was refused.");
        }

        return watch.Elapsed;
    }

    /// <summary>The quickest of several times: what it takes when nothing else is in its way.</summary>
    public static async Task<TimeSpan> QuickestAsync(int times, Func<Task> work)
    {
        var taken = new List<TimeSpan>();
        for (var i = 0; i < times; i++)
        {
            var watch = Stopwatch.StartNew();
            await work();
            taken.Add(watch.Elapsed);
        }

        return taken.Min();
    }

    private static RoomAppend Step(RoomRow room, int sequence)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new RoomAppend
        {
            RoomId = room.RoomId,
            Owner = Owner,
            Epoch = room.Epoch,
            FromSequence = sequence,
            Status = ObservationStatus.Observing,
            At = now,
            HeardAt = now,
            Events = [new OutboxEvent(Guid.CreateVersion7(now), nameof(ChatMessageSent), Payload, TraceParent: null)],
        };
    }
}
