using EyesonBridge.Contracts.V1;
using EyesonBridge.Observation.Room;
using EyesonBridge.Simulator;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Observation.Room;

/// <summary>A full outbox holds the socket up; what the server drops meanwhile is a gap since then.</summary>
public sealed class BackPressureTests
{
    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Full_OutboxForTenMinutes_IsAGapSinceItsBeginning()
    {
        var time = ObservationBench.ManualTime();
        await using var bridge = await ObservationBench.CreateAsync(time);
        var meeting = await bridge.ObserveAsync();
        var before = time.GetUtcNow();

        bridge.Outbox.MaxBytes = 1;
        meeting.Join(new SimulatedUser("ann", "Ann"));
        await time.WhenArmedForAsync(OutboxGate.LookEvery, ObservationBench.Cancelled); // the frame is read, and waits
        time.Advance(TimeSpan.FromMinutes(10));
        meeting.Faults.RefuseUpgradeWith = 503;
        meeting.Drop(DropKind.Rst);
        var snapshot = meeting.TakeSnapshot();
        Assert.Empty((await bridge.EventsAsync()).OfType<ParticipantJoined>());

        bridge.Outbox.MaxBytes = long.MaxValue;
        await time.AdvanceUntilAsync(async () => (await bridge.EventsAsync()).Any(happened => happened is ParticipantJoined));
        var interrupted = await bridge.WhenAsync<ObservationInterrupted>();
        meeting.Faults.RefuseUpgradeWith = null;
        await time.AdvanceUntilAsync(async () => (await bridge.EventsAsync()).Any(happened => happened is SnapshotTaken));

        Assert.Equal(EventOrigin.Live, (await bridge.WhenAsync<ParticipantJoined>()).Origin); // what was accepted is not lost
        Assert.Equal(InterruptionReason.BackPressure, interrupted.Reason);
        Assert.Equal(before, interrupted.OccurredAt, TimeSpan.FromSeconds(1));
        Assert.Equal(interrupted.OccurredAt, (await bridge.WhenAsync<ObservationResumed>()).GapFrom, TimeSpan.FromMilliseconds(1));
        Assert.Equal((snapshot, EventOrigin.Backfill), ((await bridge.WhenAsync<SnapshotTaken>()).SnapshotId, (await bridge.WhenAsync<SnapshotTaken>()).Origin));
        await bridge.AssertSoundAsync();
    }
}
