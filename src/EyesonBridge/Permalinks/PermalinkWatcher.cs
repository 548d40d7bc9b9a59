using EyesonBridge.Accounts;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Meetings;
using EyesonBridge.Pacing;
using EyesonBridge.Storage;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Permalinks;

/// <summary>
/// Waits for the meetings of permalinks: asks Eyeson about each, again and again, until its host has started it. While a
/// recurring one has its room observed, Eyeson is not polled: the end is reported on the socket. One replica at a time does so.
/// </summary>
internal sealed class PermalinkWatcher(
    IBridgeStore store,
    EyesonPermalinkClient eyeson,
    PermalinkPace pace,
    IOptions<PermalinkOptions> options,
    TimeProvider time,
    ILogger<PermalinkWatcher> logger) : BackgroundService
{
    /// <summary>How many "not found" answers in a row count: a single one can be an accident.</summary>
    public const int UnknownAfter = 3;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task> _running = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Rounds.RunAsync(
            async stopping =>
            {
                await store.Duties.WhenHeldAsync(ReplicaDuties.Permalinks, stopping);
                await ReconcileAsync(stopping);
                await store.Signals.Permalinks.WaitAsync(LookEvery, time, stopping);
            },
            logger.WatchingFailed,
            TimeSpan.FromSeconds(1),
            time,
            stoppingToken);
        await WhenAllStoppedAsync();
        await store.Duties.GiveUpAsync(ReplicaDuties.Permalinks);
    }

    /// <summary>Starts watching what is not watched yet; watchers that are no longer wanted stop on their own.</summary>
    private async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        foreach (var permalink in await store.ListWaitingPermalinksAsync(cancellationToken))
        {
            lock (_gate)
            {
                if (!_running.ContainsKey(permalink.Token))
                    _running[permalink.Token] = WatchAsync(permalink, cancellationToken);
            }
        }
    }

    private Task WhenAllStoppedAsync()
    {
        lock (_gate)
            return Task.WhenAll([.. _running.Values]);
    }

    private async Task WatchAsync(PermalinkRow permalink, CancellationToken cancellationToken)
    {
        await Task.Yield();
        logger.Watching(permalink.PermalinkId, permalink.Account);
        using var waiting = new PermalinkWaiting();
        var unknown = 0;
        var isUsable = true;
        try
        {
            while (true)
            {
                try
                {
                    if (!store.Duties.IsHeld(ReplicaDuties.Permalinks))
                        return;
                    if (await store.FindPermalinkAsync(permalink.Token, cancellationToken) is not { Status: PermalinkStatus.Waiting } now)
                        return;

                    waiting.Is(!await IsObservedAsync(now, cancellationToken));
                    if (waiting.IsWaiting)
                        (unknown, isUsable) = await LookAsync(now, unknown, isUsable, cancellationToken);
                }
#pragma warning disable CA1031 // one permalink's failure must not reach the others
                catch (Exception error) when (!cancellationToken.IsCancellationRequested)
                {
                    logger.WatchingFailed(error);
                }
#pragma warning restore CA1031

                await Task.Delay(Jitter.Around(options.Value.PollInterval, 0.2), time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The next start goes on.
        }
        finally
        {
            lock (_gate)
                _running.Remove(permalink.Token);
            store.Signals.Permalinks.Set(); // asked for again meanwhile, it is watched again at once
        }
    }

    /// <summary>True while the meeting that was told of goes on. Without the permalink's own wish it is another one, which somebody else registered first.</summary>
    private async Task<bool> IsObservedAsync(PermalinkRow permalink, CancellationToken cancellationToken) =>
        permalink is { MeetingStartedAt: not null, RoomId: { } roomId, PermalinkId: { } permalinkId }
        && await store.FindRoomAsync(roomId, cancellationToken) is { IsActive: true } room
        && (permalink.IsToRegister || room.WantedBy.Contains(IntentSources.Permalink(permalinkId), StringComparer.Ordinal));

    /// <returns>How many times in a row Eyeson has not found the permalink, and whether its room can be observed.</returns>
    private async Task<(int Unknown, bool IsUsable)> LookAsync(PermalinkRow permalink, int unknown, bool wasUsable, CancellationToken cancellationToken)
    {
        await pace.WaitAsync(cancellationToken);
        if (!store.Duties.IsHeld(ReplicaDuties.Permalinks))
            return (unknown, wasUsable);

        var answer = await eyeson.GetMeetingInfoAsync(permalink.Token, cancellationToken).CountedAsync();
        pace.Note(answer);
        if (PermalinkReading.IsUnknown(answer) && unknown + 1 < UnknownAfter)
            return (unknown + 1, wasUsable);

        var problem = answer.IsOk && answer.Value.Room.Id is { } roomId ? RoomIds.Problem(roomId) : null;
        if (problem is not null && wasUsable)
            logger.UnusableRoom(answer.Value?.Permalink.Id, problem);

        if (PermalinkReading.Read(permalink, answer, time.GetUtcNow()) is { } step)
        {
            var outcome = await store.UpdatePermalinkAsync(step.Permalink, step.Registration, step.Notice, cancellationToken);
            if (outcome != PermalinkOutcome.NotWaited)
                Tell(step);
            if (outcome == PermalinkOutcome.AccountConflict)
                logger.ObservedByOther(step.Permalink.RoomId!, step.Permalink.PermalinkId!, permalink.Account);
        }

        return (0, answer.IsOk ? problem is null : wasUsable);
    }

    private void Tell(PermalinkStep step)
    {
        if (step.Permalink.Status == PermalinkStatus.Unknown)
            logger.Unknown(step.Permalink.PermalinkId);
        else if (step.Notice?.Kind == InboxKind.PermalinkExpired)
            logger.Expired(step.Permalink.PermalinkId!);
        else if (step.Notice?.Kind == InboxKind.PermalinkStarted)
            logger.MeetingStarted(step.Permalink.PermalinkId!, step.Permalink.RoomId!);
    }
}
