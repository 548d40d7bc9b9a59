using EyesonBridge.Contracts.V1;
using EyesonBridge.Simulator;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Observation.Gaps;

/// <summary>Recordings whose file is ready only after the meeting.</summary>
public sealed class RoomCatchUpTests
{
    [Theory(Timeout = ObservationBench.Timeout)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task End_RecordingNotFinished_IsFollowedUntilItIs(bool stopped)
    {
        var time = ObservationBench.ManualTime();
        await using var bridge = await ObservationBench.CreateAsync(time);
        var meeting = await bridge.ObserveAsync();
        var recording = await EndWithRecordingAsync(bridge, meeting, stopped);
        await time.AdvanceUntilAsync(() => Asked(bridge, recording) >= 2, TimeSpan.FromSeconds(1));

        meeting.FinishRecording();
        await time.AdvanceUntilAsync(async () => (await bridge.EventsAsync()).Any(happened => happened is RecordingFinished), TimeSpan.FromSeconds(1));
        await time.AdvanceUntilAsync(async () => (await bridge.FindAsync()).Owner is null);

        var finished = Assert.Single((await bridge.EventsAsync()).OfType<RecordingFinished>());
        Assert.Equal((recording, EventOrigin.Backfill), (finished.RecordingId, finished.Origin));
        Assert.Equal((await bridge.WhenAsync<MeetingEnded>()).MeetingId, finished.MeetingId);
        Assert.Single((await bridge.EventsAsync()).OfType<RecordingStopped>());
        Assert.False((await bridge.FindAsync()).IsFollowed);
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task End_RestartWhileFollowed_GoesOnAndTellsOnce()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var meeting = await bridge.ObserveAsync();
        var recording = await EndWithRecordingAsync(bridge, meeting, stopped: true);
        await bridge.StopAsync();
        meeting.FinishRecording();

        await bridge.StartAsync();
        await bridge.WhenAsync<RecordingFinished>();
        await bridge.StopAsync();
        await bridge.StartAsync(); // nothing is left

        Assert.Equal(recording, Assert.Single((await bridge.EventsAsync()).OfType<RecordingFinished>()).RecordingId);
        Assert.Empty(await bridge.Store.ClaimRoomsAsync("anybody", TimeSpan.FromMinutes(1), 10, ObservationBench.Cancelled));
        await bridge.AssertSoundAsync();
    }

    [Theory(Timeout = ObservationBench.Timeout)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task End_RegisteredAgainWithTheNextMeeting_TellsItInItsOwn(bool isRunning)
    {
        var time = ObservationBench.ManualTime();
        await using var bridge = await ObservationBench.CreateAsync(time);
        var meeting = await bridge.ObserveAsync();
        var recording = await EndWithRecordingAsync(bridge, meeting, stopped: true);
        await time.AdvanceUntilAsync(() => Asked(bridge, recording) >= 1, TimeSpan.FromSeconds(1));

        if (isRunning)
        {
            bridge.Eyeson.CreateRoom("room", startedAt: meeting.StartedAt.AddMinutes(1));
            await bridge.RegisterAsync();
            await bridge.WhenAsync<ObservationStarted>(count: 2);
        }
        else
        {
            await bridge.RegisterAsync(waitUntil: time.GetUtcNow().AddHours(20)); // nothing to connect to
            await bridge.Log.WhenAsync(3006, 1);
        }

        meeting.FinishRecording();
        await time.AdvanceUntilAsync(async () => (await bridge.EventsAsync()).Any(happened => happened is RecordingFinished), TimeSpan.FromSeconds(1));

        var finished = Assert.Single((await bridge.EventsAsync()).OfType<RecordingFinished>());
        Assert.Equal((await bridge.WhenAsync<MeetingEnded>()).MeetingId, finished.MeetingId);
        Assert.Single((await bridge.EventsAsync()).OfType<RecordingStarted>());
        Assert.Single((await bridge.EventsAsync()).OfType<RecordingStopped>());
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task End_RecordingThatNeverFinishes_IsGivenUpAfterADay()
    {
        var time = ObservationBench.ManualTime();
        await using var bridge = await ObservationBench.CreateAsync(time);
        var meeting = await bridge.ObserveAsync();
        var recording = await EndWithRecordingAsync(bridge, meeting, stopped: true);
        var ended = time.GetUtcNow();

        await AskedAgainAsync(bridge, time, recording);
        await AskedAgainAsync(bridge, time, recording);
        time.Advance(TimeSpan.FromHours(23));
        await AskedAgainAsync(bridge, time, recording);
        Assert.Equal(0, bridge.Log.Count(3016));
        Assert.True((await bridge.FindAsync()).IsFollowed);
        time.Advance(TimeSpan.FromHours(1));
        await time.AdvanceUntilAsync(() => bridge.Log.Count(3016) == 1, TimeSpan.FromSeconds(1));
        await time.AdvanceUntilAsync(async () => (await bridge.FindAsync()).Owner is null);

        Assert.True(time.GetUtcNow() - ended >= TimeSpan.FromHours(24));
        Assert.False((await bridge.FindAsync()).IsFollowed);
        Assert.Empty((await bridge.EventsAsync()).OfType<RecordingFinished>());
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task End_GapThatRestNeverAnswers_IsGivenUpAfterADay()
    {
        var time = ObservationBench.ManualTime();
        await using var bridge = await ObservationBench.CreateAsync(time);
        var meeting = await bridge.ObserveAsync();
        await bridge.StopAsync();
        meeting.Shutdown();
        meeting.Faults.RestStatus = 500;

        await bridge.StartAsync();
        await time.AdvanceUntilAsync(async () => (await bridge.EventsAsync()).Any(happened => happened is ObservationEnded)); // it is looked for twice
        await bridge.Log.WhenAsync(3015, 1);
        Assert.True((await bridge.FindAsync()).IsFollowed);
        await time.AdvanceUntilAsync(() => bridge.Log.Count(3017) == 1, TimeSpan.FromMinutes(1));
        await time.AdvanceUntilAsync(async () => (await bridge.FindAsync()).Owner is null);
    }

    private static int Asked(ObservationBench bridge, string recording) => bridge.Eyeson.Counters.RestRequestsOf($"/recordings/{recording}");

    /// <summary>Moves the clock until Eyeson is asked once more.</summary>
    private static Task AskedAgainAsync(ObservationBench bridge, ManualTimeProvider time, string recording)
    {
        var before = Asked(bridge, recording);
        return time.AdvanceUntilAsync(() => Asked(bridge, recording) > before, TimeSpan.FromSeconds(1));
    }

    private static async Task<string> EndWithRecordingAsync(ObservationBench bridge, SimulatedRoom meeting, bool stopped)
    {
        var recording = meeting.StartRecording();
        if (stopped)
            meeting.StopRecording();
        meeting.Shutdown();
        await bridge.WhenAsync<ObservationEnded>();
        return recording;
    }
}
