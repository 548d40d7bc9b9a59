using EyesonBridge.Pacing;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Storage;

/// <summary>
/// Removes rooms that are over for long, a few at a time: each time these share the commit of whatever is written then,
/// and between them is a pause, so that nobody has to wait.
/// </summary>
internal sealed class RoomRetention(IBridgeStore store, IOptions<StoreOptions> options, TimeProvider time, ILogger<RoomRetention> logger) : BackgroundService
{
    /// <summary>So many are removed at a time.</summary>
    public const int AtOnce = 100;

    private const int LookAtOnce = 1_000;

    private static readonly TimeSpan FirstAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wait = FirstAfter;
        await Rounds.RunAsync(
            async stopping =>
            {
                await Task.Delay(wait, time, stopping);
                wait = Every;
                await RetireAsync(time.GetUtcNow() - options.Value.KeepEndedRooms, stopping);
            },
            logger.RetentionFailed,
            FirstAfter,
            time,
            stoppingToken);
    }

    private async Task RetireAsync(DateTimeOffset endedUntil, CancellationToken cancellationToken)
    {
        var retired = 0;
        EndedRoom? last = null;
        while (await store.ListEndedRoomsAsync(endedUntil, last, LookAtOnce, cancellationToken) is { Rooms: var rooms, Last: { } lookedAt })
        {
            last = lookedAt;
            foreach (var some in rooms.Chunk(AtOnce))
            {
                retired += await store.RetireRoomsAsync(some, endedUntil, cancellationToken);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }

        if (retired > 0)
            logger.RoomsRetired(retired, endedUntil);
    }
}
