using EyesonBridge.Configuration;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Meetings;
using EyesonBridge.Observation;
using EyesonBridge.Storage;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Discovery;

/// <summary>Looks again and again which meetings run with an account's key, and registers those that are new.</summary>
internal sealed class RoomDiscovery(
    IBridgeStore store,
    EyesonRest eyeson,
    AccountKeys accounts,
    IOptions<DiscoveryOptions> options,
    TimeProvider time,
    ILogger<RoomDiscovery> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var looked = accounts.Names
            .Where(name => options.Value.Accounts.Count == 0 || options.Value.Accounts.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(account => LookAsync(account, stoppingToken));
        await Task.WhenAll(looked);
    }

    private async Task LookAsync(string account, CancellationToken stoppingToken)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RoundAsync(account, known, stoppingToken);
                await Task.Delay(options.Value.Interval * (0.8 + (0.4 * Random.Shared.NextDouble())), time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // whatever goes wrong in one round must not end the discovery
            catch (Exception error)
            {
                logger.NotAnswered(account, error.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
#pragma warning restore CA1031
        }
    }

    /// <param name="account">The account.</param>
    /// <param name="known">The meetings that were registered and still ran at the last look; a meeting is registered once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task RoundAsync(string account, HashSet<string> known, CancellationToken cancellationToken)
    {
        var answer = await eyeson.CallAsync(account, client => client.GetRoomsAsync(cancellationToken));
        if (!answer.IsOk)
        {
            if (answer.Outcome != RestOutcome.KeyRefused) // that is said once, elsewhere
                logger.NotAnswered(account, answer.Reason ?? answer.Outcome.ToString());
            return;
        }

        var running = answer.Value.Where(room => room is { Id: not null, Shutdown: not true }).ToList();
        known.IntersectWith(running.Select(MeetingOf));
        foreach (var room in running.Where(room => !known.Contains(MeetingOf(room))))
        {
            if (known.Count >= options.Value.MaxRooms)
            {
                logger.TooMany(account, running.Count, options.Value.MaxRooms);
                return;
            }

            await RegisterAsync(account, room, cancellationToken);
            known.Add(MeetingOf(room));
        }
    }

    private async Task RegisterAsync(string account, RunningRoom room, CancellationToken cancellationToken)
    {
        var registration = new RoomRegistration(
            room.Id!, account, IntentSources.Discovery, WaitUntil: null, time.GetUtcNow(), MeetingOf(room));
        var result = await store.RegisterRoomAsync(registration, cancellationToken);
        if (result.Outcome == RegistrationOutcome.Registered)
            logger.Found(room.Id!, account);
    }

    private static string MeetingOf(RunningRoom room) =>
        room.StartedAt is { } startedAt ? MeetingState.MeetingId(room.Id!, startedAt) : room.Id!;
}
