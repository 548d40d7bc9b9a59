using EyesonBridge.Configuration;
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
        var round = new DiscoveryRound(account, store, eyeson, options.Value.MaxRooms, time, logger);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await round.RunAsync(stoppingToken);
                await Task.Delay(options.Value.Interval * (0.8 + (0.4 * Random.Shared.NextDouble())), time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // whatever goes wrong in one round must not end the discovery
            catch (Exception error)
            {
                logger.RoundFailed(account, error);
                await Task.Delay(options.Value.Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
#pragma warning restore CA1031
        }
    }
}
