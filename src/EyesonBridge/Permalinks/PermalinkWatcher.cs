using EyesonBridge.Configuration;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Observation;
using EyesonBridge.Storage;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Permalinks;

/// <summary>
/// Waits for the meetings of permalinks: asks Eyeson about each, again and again, until its host has started it. While the
/// room of a recurring one is observed, Eyeson is not asked: its end is heard on the socket.
/// </summary>
internal sealed class PermalinkWatcher(
    IBridgeStore store,
    EyesonPermalinkClient eyeson,
    IOptions<PermalinkOptions> options,
    TimeProvider time,
    ILogger<PermalinkWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Task> _running = new(StringComparer.Ordinal);
    private readonly RateLimiter _calls = new(options.Value.CallsPerSecond, 1, time);

    /// <summary>How many permalinks are watched.</summary>
    public int Watched => _running.Count;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReconcileAsync(stoppingToken);
                await store.Signals.Permalinks.WaitAsync(LookEvery, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // whatever goes wrong in one round must not end the watching
            catch (Exception error)
            {
                logger.RoundFailed(error);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
#pragma warning restore CA1031
        }

        await Task.WhenAll(_running.Values);
    }

    /// <summary>Starts watching what is not watched yet; who finds that nobody wants it any more stops by itself.</summary>
    private async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        foreach (var (token, watching) in _running)
        {
            if (watching.IsCompleted)
                _running.Remove(token);
        }

        foreach (var permalink in await store.ListWaitingPermalinksAsync(cancellationToken))
        {
            if (!_running.ContainsKey(permalink.Token))
                _running[permalink.Token] = WatchAsync(permalink, cancellationToken);
        }
    }

    private async Task WatchAsync(PermalinkRow permalink, CancellationToken cancellationToken)
    {
        await Task.Yield();
        logger.Watching(permalink.PermalinkId, permalink.Account);
        var first = true;
        try
        {
            while (permalink.Status == PermalinkStatus.Waiting)
            {
                if (!first)
                    await Task.Delay(options.Value.PollInterval * (0.8 + (0.4 * Random.Shared.NextDouble())), time, cancellationToken);
                first = false;
                if (await LookAsync(permalink, cancellationToken) is not { } now)
                    return;
                permalink = now;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The next start goes on.
        }
#pragma warning disable CA1031 // one permalink's failure must not reach the others; the next round begins it anew
        catch (Exception error)
        {
            logger.RoundFailed(error);
        }
#pragma warning restore CA1031
    }

    /// <summary>The permalink as it is now; null when nobody waits for it any more.</summary>
    private async Task<PermalinkRow?> LookAsync(PermalinkRow permalink, CancellationToken cancellationToken)
    {
        if (permalink is { MeetingStartedAt: not null, RoomId: { } roomId }
            && await store.FindRoomAsync(roomId, cancellationToken) is { IsActive: true })
        {
            return await IsStillWantedAsync(permalink, cancellationToken) ? permalink : null;
        }

        await _calls.WaitAsync(cancellationToken);
        var answer = await eyeson.GetMeetingInfoAsync(permalink.Token, cancellationToken);
        if (!answer.IsOk && answer.Outcome is not (RestOutcome.NotFound or RestOutcome.Gone))
            logger.NotAnswered(permalink.PermalinkId, answer.Outcome.ToString());
        if (PermalinkReading.Read(permalink, answer, time.GetUtcNow()) is not { } step)
            return await IsStillWantedAsync(permalink, cancellationToken) ? permalink : null;

        if (!await store.UpdatePermalinkAsync(step.Permalink, step.Registration, step.Notice, cancellationToken))
            return null;

        Tell(step);
        return step.Permalink;
    }

    private async Task<bool> IsStillWantedAsync(PermalinkRow permalink, CancellationToken cancellationToken) =>
        await store.FindPermalinkAsync(permalink.Token, cancellationToken) is { Status: PermalinkStatus.Waiting };

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
