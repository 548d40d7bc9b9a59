using EyesonBridge.Contracts.V1;
using EyesonBridge.Simulator;

namespace EyesonBridge.Tests.Observation.Endings;

/// <summary>A bad key, a room that does not run yet, and a room that is gone.</summary>
public sealed class ObservationEndingTests
{
    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Register_WrongKey_IsToldFromARoomThatDoesNotRun()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        bridge.Eyeson.CreateRoom("running");
        bridge.Account.ApiKey = "wrong-key";
        await bridge.StartAsync();
        await bridge.RegisterAsync("running");
        var wrongKey = await bridge.WhenAsync<ObservationRejected>("running");

        bridge.Account.ApiKey = ObservationBench.Key;
        await bridge.RegisterAsync("missing");
        var missing = await bridge.WhenAsync<ObservationRejected>("missing");

        Assert.Equal(ObservationRejectionReason.InvalidApiKey, wrongKey.Reason);
        Assert.Equal(ObservationRejectionReason.RoomNotRunning, missing.Reason);
        Assert.DoesNotContain("wrong-key", wrongKey.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Register_KeyKnownToBeRefused_IsRejectedWithoutAnAttempt()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        bridge.Account.ApiKey = "wrong-key";
        await bridge.StartAsync();
        await bridge.RegisterAsync("one");
        await bridge.WhenAsync<ObservationRejected>("one");

        await bridge.RegisterAsync("two");
        var second = await bridge.WhenAsync<ObservationRejected>("two");

        Assert.Equal(ObservationRejectionReason.InvalidApiKey, second.Reason);
        Assert.Equal((1, 1), (bridge.Eyeson.Counters.HandshakesUnauthorized, bridge.Eyeson.Counters.RestRequestsOf("/rooms")));
        Assert.Equal(1, bridge.Log.Count(3012));
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Wait_RoomThatDoesNotStart_IsTriedSlowlyAndThenRejected()
    {
        var time = ObservationBench.ManualTime();
        await using var bridge = await ObservationBench.CreateAsync(time);
        await bridge.StartAsync();
        var begun = time.GetUtcNow();
        await bridge.RegisterAsync(waitUntil: begun.AddMinutes(2));

        // Each pause ends exactly when its time is over, so an attempt that came too early would be one too many.
        for (var attempts = 1; bridge.Log.Count(3004) == 0; attempts++)
        {
            await Task.WhenAny(bridge.Log.WhenAsync(3005, attempts), bridge.Log.WhenAsync(3004, 1));
            if (bridge.Log.Count(3004) > 0)
                break;

            Assert.Equal(attempts, bridge.Eyeson.Counters.HandshakesUnauthorized);
            var pause = Assert.IsType<TimeSpan>(bridge.Log.Entries(3005)[^1].Value("Delay"));
            Assert.InRange(pause, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(18));
            await time.WhenArmedAsync(2, ObservationBench.Cancelled); // the pause, and the supervisor's round
            time.Advance(pause);
        }

        var rejected = await bridge.WhenAsync<ObservationRejected>();
        Assert.Equal(ObservationRejectionReason.RoomNotRunning, rejected.Reason);
        Assert.InRange(rejected.ObservedAt - begun, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(139));
        Assert.InRange(bridge.Eyeson.Counters.HandshakesUnauthorized, 8, 10);
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Vanish_RoomThatWasObserved_IsConcluded()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var meeting = await bridge.ObserveAsync();
        await bridge.StopAsync();
        meeting.Shutdown();

        await bridge.StartAsync();
        var ended = await bridge.WhenAsync<ObservationEnded>();

        Assert.Equal(ObservationEndReason.MeetingEnded, ended.Reason);
        Assert.True((await bridge.WhenAsync<MeetingEnded>()).Inferred);
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Reconnect_KeyThatCannotBeReadForAMoment_DoesNotGiveTheRoomUp()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var meeting = await bridge.ObserveAsync();

        bridge.Account.ApiKey = null; // and no file either, as while it is being written
        meeting.Drop(DropKind.Rst);
        await bridge.Log.WhenAsync(3005, 3);
        bridge.Account.ApiKey = ObservationBench.Key;

        await bridge.WhenAsync<ObservationResumed>();
        Assert.Empty((await bridge.EventsAsync()).OfType<ObservationRejected>());
    }
}
