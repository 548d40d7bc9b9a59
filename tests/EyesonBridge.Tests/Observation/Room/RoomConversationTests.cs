using EyesonBridge.Contracts.V1;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Observation.Room;

/// <summary>What a room says and does in a conversation that is scripted: no server, no socket, and no time that passes by itself.</summary>
public sealed class RoomConversationTests
{
    private const string Running = """{"type":"room_update","content":{"id":"room","name":"Daily","ready":true,"started_at":"2026-01-01T12:00:00Z","participants":[]}}""";
    private const string Over = """{"type":"room_update","content":{"id":"room","name":"Daily","ready":true,"shutdown":true,"started_at":"2026-01-01T12:00:00Z"}}""";
    private const string Extended = """{"type":"welcome","sid":"s1"}""";
    private const string Joined = """{"type":"participant_update","participant":{"id":"ann","name":"Ann","online":true}}""";

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Meeting_FromStateToShutdown_IsToldInOrderAndTheSocketIsClosed()
    {
        using var server = new ScriptedTransport();
        await using var bridge = await StartAsync(new ManualTimeProvider(), server);

        var socket = await (await server.AcceptAsync()).SubscribedAsync();
        socket.Say(Running).Say(Joined).Say(Over);
        await socket.WhenSentAsync("close");
        await bridge.WhenAsync<ObservationEnded>();

        Assert.Equal(
            [
                nameof(ObservationStarted), nameof(MeetingStarted), nameof(RoomStateReported), nameof(ParticipantJoined),
                nameof(ParticipantLeft), nameof(MeetingEnded), nameof(ObservationEnded),
            ],
            (await bridge.EventsAsync()).Select(happened => happened.GetType().Name));
        await bridge.AssertSoundAsync();
        Assert.Equal(0, server.Waiting);
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Chat_BeforeTheStateOfARoomRegisteredAnew_IsOfNoKnownMeeting()
    {
        using var server = new ScriptedTransport();
        await using var bridge = await StartAsync(new ManualTimeProvider(), server);
        var socket = await (await server.AcceptAsync()).SubscribedAsync();
        socket.Say(Running).Say(Over);
        await bridge.WhenAsync<ObservationEnded>();

        await bridge.RegisterAsync();
        socket = await (await server.AcceptAsync()).SubscribedAsync();
        socket.Say(Chat("early")).Say(Running.Replace("12:00", "13:00", StringComparison.Ordinal)).Say(Chat("late"));
        var late = await bridge.WhenAsync<ChatMessageSent>(count: 2);

        Assert.Null((await bridge.WhenAsync<ObservationStarted>(count: 2)).MeetingId);
        Assert.Null((await bridge.WhenAsync<ChatMessageSent>()).MeetingId);
        Assert.Equal("room@2026-01-01T13:00:00.000Z", late.MeetingId);
        Assert.Equal("room@2026-01-01T12:00:00.000Z", (await bridge.WhenAsync<MeetingEnded>()).MeetingId);
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Rejection_OfARoomRegisteredAnew_IsOfNoKnownMeeting()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var meeting = await bridge.ObserveAsync();
        meeting.Shutdown();
        await bridge.WhenAsync<ObservationEnded>();

        await bridge.RegisterAsync();

        Assert.Null((await bridge.WhenAsync<ObservationRejected>()).MeetingId);
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Drop_ThenRefusedTwice_IsOneGapFromTheLastFrame()
    {
        var time = new ManualTimeProvider();
        using var server = new ScriptedTransport();
        await using var bridge = await StartAsync(time, server);

        var socket = await (await server.AcceptAsync()).SubscribedAsync();
        socket.Say(Running);
        await bridge.WhenAsync<RoomStateReported>();
        var heardAt = time.GetUtcNow();
        socket.Drop();
        await bridge.WhenAsync<ObservationInterrupted>();
        for (var refused = 0; refused < 2; refused++)
        {
            await time.AdvanceUntilAsync(() => server.Waiting == 1);
            await server.RefuseAsync(503);
        }

        await time.AdvanceUntilAsync(() => server.Waiting == 1);
        socket = await (await server.AcceptAsync()).SubscribedAsync();
        socket.Say(Running);
        var resumed = await bridge.WhenAsync<ObservationResumed>();

        Assert.Equal(heardAt, resumed.GapFrom);
        Assert.Single((await bridge.EventsAsync()).OfType<ObservationInterrupted>());
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Silence_ForLongerThanTwoPings_EndsTheConnection()
    {
        var time = new ManualTimeProvider();
        using var server = new ScriptedTransport();
        await using var bridge = await StartAsync(time, server);

        var socket = await (await server.AcceptAsync()).SubscribedAsync();
        socket.Say(Running);
        await bridge.WhenAsync<RoomStateReported>();
        await time.AdvanceUntilAsync(() => server.Waiting == 1, TimeSpan.FromSeconds(1));

        Assert.Equal(InterruptionReason.Silent, (await bridge.WhenAsync<ObservationInterrupted>()).Reason);
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Rejection_OfTheSubscription_IsToldOnceAndTriedAgainUntilItHasLasted()
    {
        var time = new ManualTimeProvider();
        using var server = new ScriptedTransport();
        await using var bridge = await StartAsync(time, server);
        bridge.Eyeson.CreateRoom("room"); // it is running

        var rejections = 0;
        var told = bridge.WhenAsync<ObservationRejected>();
        while (!told.IsCompleted)
        {
            await time.AdvanceUntilAsync(() => server.Waiting == 1 || told.IsCompleted);
            if (server.Waiting == 0)
                break;

            await (await server.AcceptAsync()).RejectedAsync();
            await bridge.Log.WhenAsync(3060, 1, ObservationBench.Cancelled);
            if (++rejections == 2)
                Assert.Equal((ObservationStatus.Connecting, "subscriptionRejected"), await StatusAsync(bridge));
        }

        var rejected = await told;
        Assert.InRange(rejections, 2, int.MaxValue);
        Assert.Equal(ObservationRejectionReason.RoomNotRunning, rejected.Reason);
        Assert.Contains("rejected the subscription", rejected.Message, StringComparison.Ordinal);
        Assert.Equal(1, bridge.Log.Count(3060));
        Assert.Equal((ObservationStatus.Rejected, "roomNotRunning"), await StatusAsync(bridge));
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Rejection_OfARoomThatWasObserved_IsAGapAndNeverFinal()
    {
        var time = new ManualTimeProvider();
        using var server = new ScriptedTransport();
        await using var bridge = await StartAsync(time, server);
        bridge.Eyeson.CreateRoom("room");
        var socket = await (await server.AcceptAsync()).SubscribedAsync();
        socket.Say(Running);
        await bridge.WhenAsync<RoomStateReported>();
        socket.Drop();
        await bridge.WhenAsync<ObservationInterrupted>();

        for (var begun = time.GetUtcNow(); time.GetUtcNow() - begun < TimeSpan.FromMinutes(3);)
        {
            await time.AdvanceUntilAsync(() => server.Waiting == 1);
            await (await server.AcceptAsync()).RejectedAsync();
        }

        await time.AdvanceUntilAsync(() => server.Waiting == 1);
        socket = await (await server.AcceptAsync()).SubscribedAsync();
        socket.Say(Running);
        await bridge.WhenAsync<ObservationResumed>();

        Assert.Equal(1, bridge.Log.Count(3060));
        Assert.Single((await bridge.EventsAsync()).OfType<ObservationInterrupted>());
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task History_GrantedBeforeTheFirstFrame_LeavesNothingUnrecoverable()
    {
        var time = new ManualTimeProvider();
        using var server = new ScriptedTransport();
        await using var bridge = await StartAsync(time, server);
        await ChatThenDropAsync(bridge, time, server);

        var socket = await (await server.AcceptAsync()).SubscribedAsync(Extended);
        socket.ConfirmHistory().Say(Running);

        Assert.Empty((await bridge.WhenAsync<ObservationResumed>()).Unrecoverable);
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task History_RepeatsAfterItWasOverdue_AreRecognised()
    {
        var time = new ManualTimeProvider();
        using var server = new ScriptedTransport();
        await using var bridge = await StartAsync(time, server);
        await ChatThenDropAsync(bridge, time, server);

        var socket = await (await server.AcceptAsync()).SubscribedAsync(Extended);
        socket.Say(Running).Say(Chat("live"), offset: 2);
        await time.AdvanceUntilAsync(
            () =>
            {
                socket.Send("""{"type":"ping","message":1}"""); // with the next one after 5 s the history is overdue
                return bridge.Log.Count(3002) == 1;
            },
            TimeSpan.FromSeconds(1));
        socket.Say(Chat("before"), offset: 1).Say(Chat("live"), offset: 2).ConfirmHistory().Say(Chat("after"), offset: 3);
        await bridge.WhenAsync<ChatMessageSent>(count: 3);

        Assert.Equal(["before", "live", "after"], (await bridge.EventsAsync()).OfType<ChatMessageSent>().Select(chat => chat.Content));
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Abandon_StoreThatTakesNothing_IsNoLostLease()
    {
        var time = new ManualTimeProvider();
        using var server = new ScriptedTransport();
        await using var bridge = await StartAsync(time, server);
        var socket = await (await server.AcceptAsync()).SubscribedAsync();
        socket.Say(Running);
        await bridge.WhenAsync<RoomStateReported>();

        var stuck = new TaskCompletionSource();
        bridge.Store.BeforeAppend((_, abandoned) =>
        {
            stuck.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, time, abandoned);
        });
        var stopped = bridge.StopAsync();
        await stuck.Task.WaitAsync(ObservationBench.Cancelled);
        await time.AdvanceUntilAsync(() => stopped.IsCompleted, TimeSpan.FromSeconds(1));
        await stopped;
        bridge.Store.BeforeAppend(null);

        Assert.Empty(bridge.Log.Entries(3007));
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Stop_WhileConnecting_LeavesNothingBehind()
    {
        using var server = new ScriptedTransport();
        await using var bridge = await StartAsync(new ManualTimeProvider(), server);
        await server.WhenWaitingAsync();

        await bridge.UnregisterAsync();

        Assert.Equal(ObservationEndReason.Stopped, (await bridge.WhenAsync<ObservationEnded>()).Reason);
        await bridge.AssertSoundAsync();
    }

    private static async Task<(ObservationStatus Status, string? Reason)> StatusAsync(ObservationBench bridge)
    {
        var room = await bridge.FindAsync();
        return (room.Status, room.Reason);
    }

    private static string Chat(string text) => $$"""{"type":"chat","content":"{{text}}","cid":"c","user_id":"ann"}""";

    /// <summary>A meeting in which somebody has said "before", and whose socket is lost.</summary>
    private static async Task ChatThenDropAsync(ObservationBench bridge, ManualTimeProvider time, ScriptedTransport server)
    {
        var socket = await (await server.AcceptAsync()).SubscribedAsync(Extended);
        socket.Say(Running).Say(Chat("before"), offset: 1);
        await bridge.WhenAsync<ChatMessageSent>();
        socket.Drop();
        await bridge.WhenAsync<ObservationInterrupted>();
        await time.AdvanceUntilAsync(() => server.Waiting == 1);
    }

    private static async Task<ObservationBench> StartAsync(ManualTimeProvider time, ScriptedTransport server)
    {
        var bridge = await ObservationBench.CreateAsync(time);
        bridge.Transport = server;
        await bridge.StartAsync();
        await bridge.RegisterAsync();
        return bridge;
    }
}
