using EyesonBridge.Accounts;
using EyesonBridge.Pacing;
using EyesonBridge.Storage;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Discovery;

/// <summary>Looks again and again which meetings run with an account's key, and registers those that are new. One replica at a time does so.</summary>
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
        await store.Duties.GiveUpAsync(ReplicaDuties.Discovery);
    }

    private Task LookAsync(string account, CancellationToken stoppingToken)
    {
        var round = new DiscoveryRound(account, store, eyeson, options.Value.MaxRooms, time, logger);
        return Rounds.RunAsync(
            async stopping =>
            {
                await store.Duties.WhenHeldAsync(ReplicaDuties.Discovery, stopping);
                await round.RunAsync(stopping);
                await Task.Delay(Jitter.Around(options.Value.Interval, 0.2), time, stopping);
            },
            error => logger.RoundFailed(account, error),
            options.Value.Interval,
            time,
            stoppingToken);
    }
}
