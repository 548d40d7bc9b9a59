using EyesonBridge.Accounts;
using EyesonBridge.Discovery;
using EyesonBridge.Storage;
using EyesonBridge.Tests.Logging;
using EyesonBridge.Tests.Observation;
using EyesonBridge.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace EyesonBridge.Tests.Discovery;

/// <summary>Discovery by one replica at a time.</summary>
public sealed class RoomDiscoveryTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Discovery_OfAnotherReplica_IsTakenUpWithARoundAtOnceAndGivenUpWhenItStops()
    {
        var givenUp = new List<string>();
        var duties = ReplicaDuties.Shared(ReplicaLease.Always(TimeSpan.FromSeconds(5)), () => { }, duty =>
        {
            givenUp.Add(duty);
            return Task.CompletedTask;
        });
        var log = new LogRecorder<RoomDiscovery>();
        var time = ObservationBench.ManualTime();
        await using var bridge = await ObservationBench.CreateAsync(time);
        bridge.Store.OwnDuties = duties;
        bridge.Eyeson.CreateRoom("a");
        var options = new DiscoveryOptions { Enabled = true, Interval = TimeSpan.FromHours(1) };
        using var discovery = new RoomDiscovery(
            bridge.Store,
            bridge.Services.GetRequiredService<EyesonRest>(),
            bridge.Services.GetRequiredService<AccountKeys>(),
            Microsoft.Extensions.Options.Options.Create(options),
            time,
            log);

        await discovery.StartAsync(Cancelled);
        while (duties.Wanted.Count == 0)
        {
            Cancelled.ThrowIfCancellationRequested();
            await Task.Yield();
        }
        duties.Hold([]);
        Assert.Equal(0, bridge.Eyeson.Counters.RestRequestsOf("/rooms"));

        duties.Hold([ReplicaDuties.Discovery]);
        await log.WhenAsync(7000, 1);
        await time.WhenArmedAsync(1, Cancelled); // until the next round
        Assert.Equal("a", Assert.Single(await bridge.Store.ListRoomsAsync(Cancelled)).RoomId);

        duties.Hold([]);
        bridge.Eyeson.CreateRoom("b");
        var asked = bridge.Eyeson.Counters.RestRequestsOf("/rooms");
        time.Advance(TimeSpan.FromHours(2));
        await discovery.StopAsync(Cancelled);

        Assert.Equal(asked, bridge.Eyeson.Counters.RestRequestsOf("/rooms"));
        Assert.Equal([ReplicaDuties.Discovery], givenUp);
    }
}
