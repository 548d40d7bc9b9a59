using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;

namespace EyesonBridge.Control;

/// <summary>
/// Waits until an observation that was asked for runs, or cannot: by looking at its row, since whoever observes the room may
/// be another process. The command is held meanwhile, so only few wait at a time and none for long.
/// </summary>
internal sealed class ObservationConfirmation(IBridgeStore store, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>The longest that a command can wait.</summary>
    public const int MaxSeconds = 60;

    private const int MostAtOnce = 32;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private int _waiting;

    /// <summary>The room once it is observed or that is over; or as it is when the time is up, many wait already, or the bridge stops.</summary>
    /// <param name="room">The room as it is now.</param>
    /// <param name="seconds">How long to wait: 1 to <see cref="MaxSeconds"/>, others count as the nearest of these.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RoomRow> WaitAsync(RoomRow room, int seconds, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(Math.Clamp(seconds, 1, MaxSeconds)), time);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, lifetime.ApplicationStopping, cancellationToken);
        using var tick = new PeriodicTimer(LookEvery, time);
        try
        {
            if (Interlocked.Increment(ref _waiting) > MostAtOnce)
                return room;

            while (!IsDecided(room))
            {
                await tick.WaitForNextTickAsync(enough.Token);
                room = await LookAsync(room, enough.Token);
            }

            return room;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return room;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>The wish is written: that the store does not answer is no reason to carry out the command again, maybe behind one that came later.</summary>
    private async Task<RoomRow> LookAsync(RoomRow room, CancellationToken cancellationToken)
    {
        try
        {
            return await store.FindRoomAsync(room.RoomId, cancellationToken) ?? room;
        }
        catch (StoreException)
        {
            return room;
        }
    }

    private static bool IsDecided(RoomRow room) => !room.IsActive || room.Status == ObservationStatus.Observing;
}
