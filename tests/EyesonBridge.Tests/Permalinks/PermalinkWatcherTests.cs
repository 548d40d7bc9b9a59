using System.Net;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Permalinks;
using EyesonBridge.Storage;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Permalinks;

public sealed class PermalinkWatcherTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Watch_NotStarted_AsksEveryFiveSecondsOrSo()
    {
        await using var fixture = await StartedAsync("token");

        await fixture.UntilAskedAsync("token", 20);

        var times = fixture.Eyeson.Asked.Select(asked => asked.At).ToList();
        var pauses = times.Zip(times.Skip(1), (one, next) => next - one).ToList();
        Assert.All(pauses, pause => Assert.InRange(pause, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6.1)));
        Assert.True(pauses.Distinct().Count() > 10, "they have no jitter");
    }

    [Fact(Timeout = 60_000)]
    public async Task Watch_HostStarts_RegistersTheRoomOnceAndTellsIt()
    {
        await using var fixture = await StartedAsync("token");
        await fixture.Eyeson.WhenAskedAsync("token", 1, Cancelled);

        fixture.Eyeson.Started("token", fixture.Time.GetUtcNow());
        await fixture.UntilLoggedAsync(9001);

        Assert.Equal(["permalink:p-token"], (await fixture.Store.FindRoomAsync("r-token", Cancelled))!.WantedBy);
        Assert.Equal(InboxKind.PermalinkStarted, Assert.Single(await fixture.Store.ReadInboxAsync("r-token", Cancelled)).Kind);
        var asked = fixture.Eyeson.Asked.Count;
        await fixture.PassAsync(TimeSpan.FromMinutes(1), watchers: 0);
        Assert.Equal(asked, fixture.Eyeson.Asked.Count); // one meeting was wanted
    }

    [Fact(Timeout = 60_000)]
    public async Task Watch_RecurringWhileObserved_AsksNotAndWaitsForTheNextAfterTheEnd()
    {
        await using var fixture = await StartedAsync("token", isRecurring: true);
        var first = fixture.Time.GetUtcNow();
        fixture.Eyeson.Started("token", first);
        await fixture.UntilLoggedAsync(9001);
        var asked = fixture.Eyeson.Asked.Count;
        await fixture.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(asked, fixture.Eyeson.Asked.Count);

        await EndAsync(fixture, "r-token");
        await fixture.UntilAskedAsync("token", 3); // Eyeson still names the meeting that is over
        Assert.Equal(1, fixture.Log.Count(9001));
        fixture.Eyeson.Waits("token");
        await fixture.UntilAskedAsync("token", 2);
        fixture.Eyeson.Started("token", first.AddHours(1));
        await fixture.UntilLoggedAsync(9001, 2);

        var room = (await fixture.Store.FindRoomAsync("r-token", Cancelled))!;
        Assert.Equal((ObservationStatus.Waiting, true), (room.Status, room.IsWanted));
    }

    /// <summary>A webhook, or a command that waits for the room, can be quicker than the next look.</summary>
    [Theory(Timeout = 60_000)]
    [InlineData(IntentSources.Webhook)]
    [InlineData(IntentSources.Command)]
    public async Task Watch_NextMeetingIsRegisteredByAnotherFirst_IsToldAllTheSame(string other)
    {
        await using var fixture = await StartedAsync("token", isRecurring: true);
        var first = fixture.Time.GetUtcNow();
        fixture.Eyeson.Started("token", first);
        await fixture.UntilLoggedAsync(9001);
        await EndAsync(fixture, "r-token");
        fixture.Eyeson.Waits("token");
        await fixture.UntilAskedAsync("token", 2);

        await fixture.Store.RegisterRoomAsync(
            new RoomRegistration("r-token", "default", other, first.AddHours(2), fixture.Time.GetUtcNow()), Cancelled);
        fixture.Eyeson.Started("token", first.AddHours(1));
        await fixture.UntilLoggedAsync(9001, 2);

        Assert.Contains("permalink:p-token", (await fixture.Store.FindRoomAsync("r-token", Cancelled))!.WantedBy);
    }

    [Fact(Timeout = 60_000)]
    public async Task Watch_Expired_TellsItAndForgetsTheToken()
    {
        await using var fixture = await StartedAsync("token", isRecurring: true);
        await fixture.Eyeson.WhenAskedAsync("token", 1, Cancelled);

        fixture.Eyeson.Expired("token", fixture.Time.GetUtcNow().AddSeconds(-1));
        await fixture.UntilLoggedAsync(9002);

        Assert.Equal(InboxKind.PermalinkExpired, Assert.Single(await fixture.Store.ReadInboxAsync("r-token", Cancelled)).Kind);
        Assert.Null(await fixture.Store.FindPermalinkAsync("token", Cancelled));
        Assert.False((await fixture.Store.FindRoomAsync("r-token", Cancelled))!.IsWanted);
    }

    [Fact(Timeout = 60_000)]
    public async Task Watch_DeletedAtEyeson_IsGivenUpAfterThreeAnswersInARow()
    {
        await using var fixture = await StartedAsync("token");
        await fixture.Eyeson.WhenAskedAsync("token", 1, Cancelled);
        fixture.Eyeson.Refuses("token", HttpStatusCode.NotFound);
        await fixture.UntilAskedAsync("token", 2);
        fixture.Eyeson.Waits("token"); // it was a mishap
        await fixture.UntilAskedAsync("token", 1);
        Assert.Equal(0, fixture.Log.Count(9003));

        fixture.Eyeson.Refuses("token", HttpStatusCode.NotFound);
        await fixture.UntilLoggedAsync(9003);

        Assert.Null(await fixture.Store.FindPermalinkAsync("token", Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Watch_NotFoundBetweenOtherErrors_IsNotGivenUp()
    {
        await using var fixture = await StartedAsync("token");
        await fixture.Eyeson.WhenAskedAsync("token", 1, Cancelled);

        for (var round = 0; round < 3; round++)
        {
            fixture.Eyeson.Refuses("token", HttpStatusCode.NotFound);
            await fixture.UntilAskedAsync("token", 2);
            fixture.Eyeson.Refuses("token", HttpStatusCode.ServiceUnavailable);
            await fixture.UntilAskedAsync("token", 1);
        }

        Assert.Equal(0, fixture.Log.Count(9003));
        Assert.NotNull(await fixture.Store.FindPermalinkAsync("token", Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Watch_RestartWhileWaiting_GoesOn()
    {
        await using var fixture = await StartedAsync("token");
        await fixture.Eyeson.WhenAskedAsync("token", 1, Cancelled);

        await fixture.RestartAsync();
        fixture.Eyeson.Started("token", fixture.Time.GetUtcNow());
        await fixture.UntilLoggedAsync(9001);

        Assert.True((await fixture.Store.FindRoomAsync("r-token", Cancelled))!.IsWanted);
    }

    [Fact(Timeout = 60_000)]
    public async Task Watch_RestartAfterTheStart_DoesNotTellItAgain()
    {
        await using var fixture = await StartedAsync("token", isRecurring: true);
        fixture.Eyeson.Started("token", fixture.Time.GetUtcNow().AddTicks(1234567));
        await fixture.UntilLoggedAsync(9001);
        await EndAsync(fixture, "r-token");

        await fixture.RestartAsync();
        await fixture.UntilAskedAsync("token", 3);

        Assert.Equal(1, fixture.Log.Count(9001));
    }

    [Fact(Timeout = 60_000)]
    public async Task Watch_Stopped_AsksNoLonger()
    {
        await using var fixture = await StartedAsync("token");
        await fixture.Eyeson.WhenAskedAsync("token", 1, Cancelled);

        await fixture.Store.UnregisterPermalinkAsync("token", Cancelled);
        fixture.Eyeson.Waits("other");
        await fixture.RegisterAsync("other");
        await fixture.UntilAskedAsync("other", 5);

        Assert.InRange(fixture.Eyeson.Asked.Count(asked => asked.Token is "token"), 1, 2); // one could be under way
    }

    [Fact(Timeout = 60_000)]
    public async Task Watch_StoppedAndWantedAgain_IsWatchedAgain()
    {
        await using var fixture = await StartedAsync("token");
        await fixture.Eyeson.WhenAskedAsync("token", 1, Cancelled);
        await fixture.Store.UnregisterPermalinkAsync("token", Cancelled);
        await fixture.PassAsync(TimeSpan.FromSeconds(10), watchers: 0);

        await fixture.RegisterAsync("token");
        fixture.Eyeson.Started("token", fixture.Time.GetUtcNow());
        await fixture.UntilLoggedAsync(9001);
    }

    [Fact(Timeout = 60_000)]
    public async Task Watch_EyesonAway_TellsItOnceAndGoesOn()
    {
        await using var fixture = await StartedAsync("token");
        fixture.Eyeson.Refuses("token", HttpStatusCode.BadGateway);
        await fixture.UntilAskedAsync("token", 5);
        Assert.Equal(1, fixture.Log.Count(9004));

        fixture.Eyeson.Started("token", fixture.Time.GetUtcNow());
        await fixture.UntilLoggedAsync(9001);

        Assert.Equal(1, fixture.Log.Count(9009));
        Assert.DoesNotContain(fixture.Log.Texts, text => text.Contains("/permalink/", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Watch_TooManyRequests_LeavesEyesonAloneForAsLongAsItAsks()
    {
        await using var fixture = await StartedAsync("one");
        await fixture.Eyeson.WhenAskedAsync("one", 1, Cancelled);
        fixture.Eyeson.Refuses("one", HttpStatusCode.TooManyRequests, retryAfter: 60);
        await fixture.UntilLoggedAsync(9004); // not only asked: the answer has been read, too
        var refusedAt = fixture.Eyeson.Asked[^1].At;
        fixture.Eyeson.Waits("one");
        fixture.Eyeson.Waits("two");

        await fixture.RegisterAsync("two");
        await fixture.UntilAskedAsync("two", 1);

        Assert.True(fixture.Eyeson.Asked.Where(asked => asked.At > refusedAt).Min(asked => asked.At) >= refusedAt.AddSeconds(60));
    }

    [Fact(Timeout = 60_000)]
    public async Task Watch_IsAskedToWaitForYears_AsksAgainAfterTenMinutes()
    {
        await using var fixture = await StartedAsync("one");
        await fixture.Eyeson.WhenAskedAsync("one", 1, Cancelled);
        fixture.Eyeson.Refuses("one", HttpStatusCode.TooManyRequests, retryAfter: int.MaxValue);
        await fixture.UntilLoggedAsync(9004);
        var refusedAt = fixture.Eyeson.Asked[^1].At;
        fixture.Eyeson.Waits("one");

        await fixture.UntilAsync(() => fixture.Eyeson.Asked[^1].At > refusedAt, watchers: 1);

        Assert.InRange(fixture.Eyeson.Asked[^1].At - refusedAt, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(11));
    }

    [Fact(Timeout = 60_000)]
    public async Task Watch_TwoThousandAtOnce_KeepsTheRateAndForgetsNobody()
    {
        const int Count = 2_000;
        await using var fixture = await WatcherFixture.CreateAsync();
        var tokens = Enumerable.Range(0, Count).Select(i => $"t{i}").ToList();
        foreach (var token in tokens)
            fixture.Eyeson.Waits(token);
        await Task.WhenAll(tokens.Select(token => fixture.RegisterAsync(token)));
        await fixture.StartAsync();

        await fixture.UntilAsync(() => fixture.Eyeson.Count >= 3 * Count, watchers: Count);

        var asked = fixture.Eyeson.Asked;
        var busiest = asked.GroupBy(call => (call.At - asked[0].At).Ticks / TimeSpan.TicksPerSecond).Max(second => second.Count());
        Assert.InRange((double)busiest, 1, fixture.Options.CallsPerSecond * 1.05); // within a step of the clock
        var each = asked.GroupBy(call => call.Token, StringComparer.Ordinal).Select(calls => calls.Count()).ToList();
        Assert.Equal(Count, each.Count);
        Assert.InRange(each.Min(), 2, 3); // the rate is shared fairly
        Assert.InRange(each.Max(), 3, 4);
        TestContext.Current.SendDiagnosticMessage($"{asked.Count} requests, at most {busiest} in a second");
    }

    [Fact(Timeout = 60_000)]
    public async Task Watch_NotStarted_IsAmongThoseThatWait()
    {
        await using var fixture = await StartedAsync("one");

        await fixture.Eyeson.WhenAskedAsync("one", 1, Cancelled);

        Assert.True(PermalinkWaiting.Count >= 1, "none waits"); // other tests have theirs
    }

    [Fact(Timeout = 60_000)]
    public async Task Watch_RecurringWhoseRoomWasRejected_IsTakenUpWhenItIsRegisteredAgain()
    {
        await using var fixture = await StartedAsync("token", isRecurring: true);
        fixture.Eyeson.Started("token", fixture.Time.GetUtcNow());
        await fixture.UntilLoggedAsync(9001);
        await EndAsync(fixture, "r-token", ObservationStatus.Rejected);
        await fixture.UntilAskedAsync("token", 3); // of its own accord it is not registered again: it would be rejected again
        Assert.False((await fixture.Store.FindRoomAsync("r-token", Cancelled))!.IsWanted);

        await fixture.RegisterAsync("token", isRecurring: true);
        await fixture.UntilAskedAsync("token", 1);
        await fixture.PassAsync(TimeSpan.FromSeconds(10));

        var room = (await fixture.Store.FindRoomAsync("r-token", Cancelled))!;
        Assert.Equal((ObservationStatus.Waiting, "permalink:p-token"), (room.Status, Assert.Single(room.WantedBy)));
        Assert.Equal(1, fixture.Log.Count(9001)); // the meeting is not told of again
        Assert.Empty(await fixture.Store.ReadInboxAsync("r-token", Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Watch_RejectedAndRegisteredAgainAfterItsMeeting_WaitsForTheNext()
    {
        await using var fixture = await StartedAsync("token", isRecurring: true);
        fixture.Eyeson.Started("token", fixture.Time.GetUtcNow());
        await fixture.UntilLoggedAsync(9001);
        await EndAsync(fixture, "r-token", ObservationStatus.Rejected);
        fixture.Eyeson.Waits("token");

        await fixture.RegisterAsync("token", isRecurring: true);
        await fixture.UntilAskedAsync("token", 3);
        Assert.False((await fixture.Store.FindRoomAsync("r-token", Cancelled))!.IsWanted);

        fixture.Eyeson.Started("token", fixture.Time.GetUtcNow());
        await fixture.UntilLoggedAsync(9001, 2);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Watch_RoomThatAnotherAccountObserves_IsToldAndObservedAfterwards(bool isRecurring)
    {
        await using var fixture = await StartedAsync("token", isRecurring);
        await fixture.Store.RegisterRoomAsync(
            new RoomRegistration("r-token", "other", IntentSources.Command, WaitUntil: null, fixture.Time.GetUtcNow()), Cancelled);

        fixture.Eyeson.Started("token", fixture.Time.GetUtcNow());
        await fixture.UntilLoggedAsync(9010);
        Assert.Equal(1, fixture.Log.Count(9001));
        Assert.Equal(["command"], (await fixture.Store.FindRoomAsync("r-token", Cancelled))!.WantedBy);
        await EndAsync(fixture, "r-token"); // though the meeting goes on
        await fixture.UntilAskedAsync("token", 1);
        while (!(await fixture.Store.FindRoomAsync("r-token", Cancelled))!.IsWanted)
            await fixture.Store.Signals.Intent.WaitAsync(Cancelled);

        var room = (await fixture.Store.FindRoomAsync("r-token", Cancelled))!;
        Assert.Equal(("default", "permalink:p-token"), (room.Account, Assert.Single(room.WantedBy)));
        Assert.Equal((1, 1), (fixture.Log.Count(9001), fixture.Log.Count(9010)));
    }

    [Fact(Timeout = 60_000)]
    public async Task Watch_DutyOfAnotherReplica_AsksNothingUntilItIsItsOwnAndNoMoreThen()
    {
        var givenUp = 0;
        await using (var fixture = await WatcherFixture.CreateAsync())
        {
            var duties = fixture.Duties = ReplicaDuties.Shared(ReplicaLease.Always(TimeSpan.FromSeconds(5)), () => { }, _ => Task.FromResult(givenUp++));
            fixture.Eyeson.Waits("token");
            await fixture.RegisterAsync("token");
            await fixture.StartAsync();
            while (duties.Wanted.Count == 0)
            {
                Cancelled.ThrowIfCancellationRequested();
                await Task.Yield();
            }
            duties.Hold([]);
            Assert.Empty(fixture.Eyeson.Asked);

            duties.Hold([ReplicaDuties.Permalinks]);
            await fixture.UntilAskedAsync("token", 3);

            duties.Hold([]);
            var asked = fixture.Eyeson.Asked.Count;
            await fixture.Time.AdvanceUntilAsync(() => fixture.Time.ArmedTimers == 0, WatcherFixture.Step); // its watcher has ended, and all waits for the duty
            Assert.Equal(asked, fixture.Eyeson.Asked.Count);

            duties.Hold([ReplicaDuties.Permalinks]);
            await fixture.UntilAskedAsync("token", 3);
            Assert.Equal(0, givenUp);
        }

        Assert.Equal(1, givenUp);
    }

    private static async Task<WatcherFixture> StartedAsync(string token, bool isRecurring = false)
    {
        var fixture = await WatcherFixture.CreateAsync();
        fixture.Eyeson.Waits(token);
        await fixture.RegisterAsync(token, isRecurring);
        await fixture.StartAsync();
        return fixture;
    }

    /// <summary>The room was observed, and its meeting is over.</summary>
    private static async Task EndAsync(WatcherFixture fixture, string roomId, ObservationStatus status = ObservationStatus.Ended)
    {
        var held = Assert.Single(await fixture.Store.ClaimRoomsAsync("me", TimeSpan.FromHours(5), 10, Cancelled));
        Assert.Equal(roomId, held.RoomId);
        var inbox = await fixture.Store.ReadInboxAsync(roomId, Cancelled);
        var outcome = await fixture.Store.AppendAsync(
            new RoomAppend
            {
                RoomId = roomId,
                Owner = "me",
                Epoch = held.Epoch,
                FromSequence = held.Sequence,
                Status = status,
                Reason = status == ObservationStatus.Ended ? "meetingEnded" : "invalidApiKey",
                At = fixture.Time.GetUtcNow(),
                TakenUp = [.. inbox.Select(entry => entry.Id)],
                Events = [],
                Closure = AppendClosure.Final,
            },
            Cancelled);
        Assert.Equal(AppendOutcome.Committed, outcome);
    }
}
