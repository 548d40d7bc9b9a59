using System.Collections.Concurrent;
using EyesonBridge.Bus;
using EyesonBridge.Management;
using EyesonBridge.Observation;
using EyesonBridge.Outbox;
using EyesonBridge.Testing;
using EyesonBridge.Tests.Observation;
using EyesonBridge.Tests.Outbox;
using EyesonBridge.Tests.Storage.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Tests.Management;

/// <summary>What fails liveness, and what must not.</summary>
public sealed class StuckTests
{
    private static readonly TimeSpan LongEnough = new ManagementOptions().StuckAfter + new BusOptions().PublishTimeout + TimeSpan.FromSeconds(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Dispatcher_AttemptThatNeverEnds_IsUnhealthyUntilItGetsOn()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        using var hang = new ManualResetEventSlim();
        fixture.Publisher.Publish = (_, cancellationToken) =>
        {
            hang.Wait(cancellationToken.CanBeCanceled ? CancellationToken.None : cancellationToken); // a client that blocks and heeds nothing
            return Task.CompletedTask;
        };
        await fixture.AppendAsync("room", 1);
        await fixture.StartAsync();
        await fixture.Publisher.WhenAttemptedAsync(1, Cancelled);
        var before = await CheckAsync(fixture);

        fixture.Time.Advance(fixture.Options.PublishTimeout); // the attempt is given up, but no other can begin
        fixture.Time.Advance(LongEnough);
        var stuck = await CheckAsync(fixture);
        hang.Set();
        await fixture.Time.AdvanceUntilAsync(() => fixture.Dispatcher.Progress is { Lanes: 0 } progress && progress.StuckFor < TimeSpan.FromMinutes(1)); // it looks at the outbox again

        Assert.Equal((HealthStatus.Healthy, HealthStatus.Unhealthy, HealthStatus.Healthy), (before.Status, stuck.Status, (await CheckAsync(fixture)).Status));
        Assert.Contains("Restart the process", stuck.Description, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Dispatcher_BrokerThatConfirmsNothingForLong_IsHealthyAndStalled()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        fixture.Options.PublishTimeout = TimeSpan.FromMinutes(5);
        var attempts = new ConcurrentQueue<TaskCompletionSource>(); // however many: the clock can run into the time-out, and none may be confirmed
        fixture.Publisher.Publish = (_, _) =>
        {
            var attempt = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            attempts.Enqueue(attempt);
            return attempt.Task;
        };
        await fixture.AppendAsync("room", 1);
        await fixture.StartAsync();

        for (var i = 1; i <= 4; i++)
        {
            await fixture.Time.AdvanceUntilAsync(() => !attempts.IsEmpty);
            fixture.Time.Advance(TimeSpan.FromMinutes(1));
            while (attempts.TryDequeue(out var attempt))
                attempt.SetException(new IOException("no confirmation"));
            await fixture.Time.AdvanceUntilAsync(() => fixture.Dispatcher.Progress.StuckFor < TimeSpan.FromMinutes(1)); // it looks at the outbox again
        }

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(fixture)).Status);
        Assert.InRange(fixture.Dispatcher.Progress.StalledFor, TimeSpan.FromMinutes(4), TimeSpan.MaxValue);
    }

    [Fact]
    public void Dispatcher_WithAllInHandThatItMayLoad_IsNotStuckForNotLookingFurther()
    {
        var time = new ManualTimeProvider();
        var progress = new DispatcherProgress(time);
        progress.BeginLane();
        progress.NoteRound(isFull: true);

        time.Advance(LongEnough);
        progress.NoteAttempt();

        Assert.Equal(TimeSpan.Zero, progress.StuckFor);
    }

    [Fact]
    public void Dispatcher_ThatLooksNoFurther_IsStuck()
    {
        var time = new ManualTimeProvider();
        var progress = new DispatcherProgress(time);
        progress.NoteRound(isFull: false);

        time.Advance(LongEnough);

        Assert.Equal((LongEnough, TimeSpan.Zero), (progress.StuckFor, progress.StalledFor));
    }

    [Fact(Timeout = 60_000)]
    public async Task Supervisor_RoundThatNeverEnds_IsUnhealthyUntilItGetsOn()
    {
        var time = new ManualTimeProvider();
        await using var fixture = await ObservationBench.CreateAsync(time);
        var release = await SqliteFixture.OccupyAsync(fixture.Store.Inner); // writes wait, and nothing says that they fail
        await fixture.StartAsync();

        HealthCheckResult stuck = default;
        await time.AdvanceUntilAsync(async () => (stuck = await CheckAsync(fixture.Supervisor)).Status != HealthStatus.Healthy, LongEnough); // again when the first round had not begun yet

        release.Set();
        fixture.Store.Signals.Intent.Set();
        while (fixture.Supervisor.Progress.StuckFor > TimeSpan.Zero && !Cancelled.IsCancellationRequested)
            await Task.Yield();

        Assert.Equal((HealthStatus.Unhealthy, HealthStatus.Healthy), (stuck.Status, (await CheckAsync(fixture.Supervisor)).Status));
        release.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task Supervisor_StoreThatTakesNoWrites_IsNotItsFault()
    {
        using var fixture = new SqliteFixture();
        await using var store = await fixture.OpenAsync();
        var time = new ManualTimeProvider();
        var progress = new SupervisorProgress(time, store);
        await SqliteFixture.FillDiskAsync(store);
        var waiting = store.RegisterRoomAsync(new(new string('x', 100_000), "default", "command", WaitUntil: null, DateTimeOffset.UnixEpoch), Cancelled);
        await fixture.Time.WhenArmedAsync(1, Cancelled);

        time.Advance(LongEnough);
        var meanwhile = progress.StuckFor;
        var freed = SqliteFixture.FreeDiskAsync(store);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await freed;
        await waiting;

        Assert.Equal(TimeSpan.Zero, meanwhile);
    }

    private static Task<HealthCheckResult> CheckAsync(DispatcherFixture fixture) =>
        new DispatcherHealthCheck(fixture.Dispatcher, Options.Create(new ManagementOptions()), Options.Create(new BusOptions())).CheckHealthAsync(new HealthCheckContext(), Cancelled);

    private static Task<HealthCheckResult> CheckAsync(Supervisor supervisor) =>
        new SupervisorHealthCheck(supervisor, Options.Create(new ManagementOptions())).CheckHealthAsync(new HealthCheckContext(), Cancelled);
}
