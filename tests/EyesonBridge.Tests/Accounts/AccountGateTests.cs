using EyesonBridge.Contracts.V1;
using EyesonBridge.Management;
using EyesonBridge.Simulator;
using EyesonBridge.Testing;
using EyesonBridge.Tests.Observation;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace EyesonBridge.Tests.Accounts;

/// <summary>A key that Eyeson refuses while rooms are observed with it.</summary>
public sealed class AccountGateTests
{
    private const int Rooms = 20;

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Refused_WhileObserved_IsTriedOnceAndSaidOnceUntilTheFileChanges()
    {
        using var folder = new TempFolder();
        var file = folder.Combine("key");
        await File.WriteAllTextAsync(file, ObservationBench.Key, ObservationBench.Cancelled);
        var time = ObservationBench.ManualTime();
        await using var bridge = await ObservationBench.CreateAsync(time);
        (bridge.Account.ApiKey, bridge.Account.ApiKeyFile) = (null, file);
        bridge.Pace.HandshakesPerSecond = 1;
        bridge.Pace.HandshakeBurst = Rooms;
        for (var number = 0; number < Rooms; number++)
            await bridge.ObserveAsync($"room-{number}");

        bridge.Eyeson.RefuseKey(ObservationBench.Key);
        bridge.Eyeson.Drop(DropKind.Rst);
        await bridge.Log.WhenAsync(3005, Rooms);
        await UntilAsync(() => Pausing() + Queued() >= Rooms); // a pause of less than a millisecond is over at once
        time.Advance(bridge.Options.ReconnectWithin); // all want to connect, and one after the other may
        await UntilAsync(() => Queued() >= Rooms - 2); // of the handshakes of before the clock gives a little back
        time.Advance(TimeSpan.FromSeconds(1)); // the first
        await bridge.Log.WhenAsync(3012, 1);
        var tried = bridge.Eyeson.Counters.HandshakesUnauthorized;
        var degraded = await HealthAsync(bridge);

        for (var second = 0; second < 120; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.InRange(tried, 1, 2);
        Assert.Equal(tried, bridge.Eyeson.Counters.HandshakesUnauthorized);
        Assert.Equal(LogLevel.Error, Assert.Single(bridge.Log.Entries(3012)).Level);
        Assert.Equal(HealthStatus.Degraded, degraded.Status);
        Assert.Contains("default", degraded.Description, StringComparison.Ordinal);
        Assert.DoesNotContain(ObservationBench.Key, degraded.Description, StringComparison.Ordinal);

        bridge.Eyeson.AcceptKey("another-key");
        foreach (var room in bridge.Eyeson.Rooms)
            room.Shutdown();
        await File.WriteAllTextAsync(file, "another-key", ObservationBench.Cancelled);
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(bridge)).Status);
        await time.AdvanceUntilAsync(() => bridge.Log.Count(3003) == Rooms); // asked again: all are over

        Assert.Equal(1, bridge.Log.Count(3012));
        Assert.Equal(1, bridge.Log.Count(3013));
        for (var number = 0; number < Rooms; number++)
            Assert.True((await bridge.WhenAsync<MeetingEnded>($"room-{number}")).Inferred);

        int Queued() => bridge.Accounts.Handshakes - Rooms; // without those of before
        int Pausing() => time.ArmedTimers - 1 - Math.Sign(Queued()); // without the supervisor's round, and the one timer of all that queue

        static async Task UntilAsync(Func<bool> isSo)
        {
            while (!isSo())
            {
                ObservationBench.Cancelled.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Refused_AtRegistration_IsHealthyAgainOnceARoomIsObservedWithAnotherKey()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        bridge.Account.ApiKey = "wrong-key";
        await bridge.StartAsync();
        await bridge.RegisterAsync("one");
        await bridge.WhenAsync<ObservationRejected>("one");
        var degraded = await HealthAsync(bridge);

        bridge.Account.ApiKey = ObservationBench.Key;
        await bridge.ObserveAsync("two");

        Assert.Equal(HealthStatus.Degraded, degraded.Status);
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(bridge)).Status);
        Assert.Equal(1, bridge.Log.Count(3013));
    }

    private static Task<HealthCheckResult> HealthAsync(ObservationBench bridge) =>
        new AccountsHealthCheck(bridge.Accounts).CheckHealthAsync(new HealthCheckContext(), ObservationBench.Cancelled);
}
