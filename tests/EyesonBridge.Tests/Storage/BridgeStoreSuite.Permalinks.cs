using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

public abstract partial class BridgeStoreSuite
{
    private static DateTimeOffset StartedAt => At.AddMinutes(7);

    [Fact(Timeout = 60_000)]
    public async Task RegisterPermalink_New_WaitsAndIsFound()
    {
        Assert.True(await Store.RegisterPermalinkAsync(Permalink("token", isRecurring: true), Cancelled));
        await Store.Signals.Permalinks.WaitAsync(Cancelled);

        Assert.Equal(Permalink("token", isRecurring: true), await Store.FindPermalinkAsync("token", Cancelled));
        Assert.Equal([Permalink("token", isRecurring: true)], await Store.ListWaitingPermalinksAsync(Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task ListPermalinks_PageByPage_TellsEachOnceWhetherItWaitsOrHasStarted()
    {
        foreach (var token in (string[])["a", "b", "c"])
            await Store.RegisterPermalinkAsync(Permalink(token), Cancelled);

        var first = await Store.ListPermalinksAsync(0, 2, Cancelled);
        var rest = await Store.ListPermalinksAsync(first[^1].Position, 2, Cancelled);

        Assert.Equal(2, first.Count);
        Assert.Equal([Permalink("a"), Permalink("b"), Permalink("c")], first.Concat(rest).Select(entry => entry.Permalink));
        Assert.Empty(await Store.ListPermalinksAsync(rest[^1].Position, 2, Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task RegisterPermalink_Again_ChangesOnlyAccountAndRecurrence()
    {
        await Store.RegisterPermalinkAsync(Permalink("token", isRecurring: true), Cancelled);
        await StartAsync(Permalink("token", isRecurring: true));

        Assert.False(await Store.RegisterPermalinkAsync(Permalink("token") with { Account = "other", PermalinkId = null, RoomId = null }, Cancelled));

        Assert.Equal(
            Permalink("token") with { Account = "other", MeetingStartedAt = StartedAt },
            await Store.FindPermalinkAsync("token", Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task RegisterPermalink_WhileItsOneMeetingIsObserved_IsKnownAndCanBecomeRecurring()
    {
        await Store.RegisterPermalinkAsync(Permalink("token"), Cancelled);
        await StartAsync(Permalink("token"));
        Assert.Empty(await Store.ListWaitingPermalinksAsync(Cancelled));

        Assert.False(await Store.RegisterPermalinkAsync(Permalink("token", isRecurring: true), Cancelled));

        var waiting = Assert.Single(await Store.ListWaitingPermalinksAsync(Cancelled));
        Assert.Equal(StartedAt, waiting.MeetingStartedAt); // and is not told of a second time
    }

    [Fact(Timeout = 60_000)]
    public async Task UpdatePermalink_Started_RegistersTheRoomAndTellsIt()
    {
        await Store.RegisterPermalinkAsync(Permalink("token"), Cancelled);

        await StartAsync(Permalink("token"));

        var room = await FindAsync("room");
        Assert.Equal(["permalink:p1"], room.WantedBy);
        Assert.True(room.IsFollowed);
        Assert.Equal(InboxKind.PermalinkStarted, Assert.Single(await Store.ReadInboxAsync("room", Cancelled)).Kind);
        Assert.Equal(PermalinkStatus.Started, (await Store.FindPermalinkAsync("token", Cancelled))!.Status);
    }

    [Fact(Timeout = 60_000)]
    public async Task UpdatePermalink_MadeRecurringMeanwhile_GoesOnWaiting()
    {
        await Store.RegisterPermalinkAsync(Permalink("token"), Cancelled);
        await Store.RegisterPermalinkAsync(Permalink("token", isRecurring: true) with { Account = "other" }, Cancelled);

        await StartAsync(Permalink("token")); // as it was when Eyeson was asked

        var now = Assert.Single(await Store.ListWaitingPermalinksAsync(Cancelled));
        Assert.True(now.IsRecurring);
        Assert.Equal("other", (await FindAsync("room")).Account);
    }

    [Fact(Timeout = 60_000)]
    public async Task UpdatePermalink_WantedNoLonger_ChangesNothing()
    {
        await Store.RegisterPermalinkAsync(Permalink("token"), Cancelled);
        Assert.True(await Store.UnregisterPermalinkAsync("token", Cancelled));

        Assert.Equal(PermalinkOutcome.NotWaited, await Store.UpdatePermalinkAsync(Permalink("token"), OfPermalink(), Notice(InboxKind.PermalinkStarted), Cancelled));

        Assert.Null(await Store.FindRoomAsync("room", Cancelled));
        Assert.Null(await Store.FindPermalinkAsync("token", Cancelled));
        Assert.False(await Store.UnregisterPermalinkAsync("token", Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task UpdatePermalink_StartedByTwoTokens_IsToldOnce()
    {
        await Store.RegisterPermalinkAsync(Permalink("host"), Cancelled);
        await Store.RegisterPermalinkAsync(Permalink("guest"), Cancelled);

        await StartAsync(Permalink("host"));
        await Store.UnregisterPermalinkAsync("host", Cancelled); // so that only the other one can know
        var again = await Store.UpdatePermalinkAsync(
            Permalink("guest") with { Status = PermalinkStatus.Started, MeetingStartedAt = StartedAt },
            OfPermalink(),
            Notice(InboxKind.PermalinkStarted),
            Cancelled);

        Assert.Equal(PermalinkOutcome.NotWaited, again);
        Assert.Single(await Store.ReadInboxAsync("room", Cancelled));
        Assert.Equal(["permalink:p1"], (await FindAsync("room")).WantedBy);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(nameof(PermalinkStatus.Expired))]
    [InlineData(nameof(PermalinkStatus.Unknown))]
    public async Task UpdatePermalink_DoneWith_ForgetsTheToken(string status)
    {
        await Store.RegisterPermalinkAsync(Permalink("token", isRecurring: true), Cancelled);

        await Store.UpdatePermalinkAsync(Permalink("token") with { Status = Enum.Parse<PermalinkStatus>(status) }, null, null, Cancelled);

        Assert.Null(await Store.FindPermalinkAsync("token", Cancelled));
        Assert.Empty(await Store.ListWaitingPermalinksAsync(Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task UpdatePermalink_Expired_EndsAllItsTokens()
    {
        await Store.RegisterPermalinkAsync(Permalink("host"), Cancelled);
        await Store.RegisterPermalinkAsync(Permalink("guest"), Cancelled);

        await Store.UpdatePermalinkAsync(
            Permalink("host") with { Status = PermalinkStatus.Expired }, null, Notice(InboxKind.PermalinkExpired), Cancelled);

        Assert.Empty(await Store.ListWaitingPermalinksAsync(Cancelled));
        Assert.Equal(PermalinkOutcome.NotWaited, await Store.UpdatePermalinkAsync(
            Permalink("guest") with { Status = PermalinkStatus.Expired }, null, Notice(InboxKind.PermalinkExpired), Cancelled));
        Assert.Single(await Store.ReadInboxAsync("room", Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task UnregisterPermalink_OneOfTwoTokens_LeavesTheRoomWanted()
    {
        await Store.RegisterPermalinkAsync(Permalink("host"), Cancelled);
        await Store.RegisterPermalinkAsync(Permalink("guest"), Cancelled);
        await StartAsync(Permalink("host"));

        await Store.UnregisterPermalinkAsync("host", Cancelled);
        Assert.True((await FindAsync("room")).IsWanted);

        await Store.UnregisterPermalinkAsync("guest", Cancelled);
        Assert.False((await FindAsync("room")).IsWanted);
    }

    [Fact(Timeout = 60_000)]
    public async Task UnregisterPermalink_RoomWantedByACommandToo_LeavesThatWish()
    {
        await Store.RegisterPermalinkAsync(Permalink("token"), Cancelled);
        await StartAsync(Permalink("token"));
        await Store.RegisterRoomAsync(Registration("room"), Cancelled);

        Assert.True(await Store.UnregisterPermalinkAsync("token", Cancelled));

        Assert.Equal(["command"], (await FindAsync("room")).WantedBy);
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_EndOfTheObservation_ForgetsThePermalinkOfThatMeeting()
    {
        await Store.RegisterPermalinkAsync(Permalink("once"), Cancelled);
        await Store.RegisterPermalinkAsync(Permalink("always", isRecurring: true) with { PermalinkId = "p2" }, Cancelled);
        await StartAsync(Permalink("once"));
        var held = Assert.Single(await Store.ClaimRoomsAsync("me", Lease, 1, Cancelled));

        await Store.AppendAsync(Append(held, 0) with { Status = ObservationStatus.Ended, Closure = AppendClosure.Final }, Cancelled);

        Assert.Null(await Store.FindPermalinkAsync("once", Cancelled));
        Assert.NotNull(await Store.FindPermalinkAsync("always", Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Reopen_AfterRegisteringPermalinks_KnowsThem()
    {
        await Store.RegisterPermalinkAsync(Permalink("token", isRecurring: true), Cancelled);
        await StartAsync(Permalink("token", isRecurring: true));
        var before = await Store.FindPermalinkAsync("token", Cancelled);

        await ReopenAsync();

        Assert.Equal(before, await Store.FindPermalinkAsync("token", Cancelled));
        Assert.Equal(StartedAt, before!.MeetingStartedAt);
    }

    [Fact]
    public void PermalinkRow_AsText_HasNoToken() =>
        Assert.DoesNotContain("very-secret", Permalink("very-secret").ToString(), StringComparison.Ordinal);

    private static PermalinkRow Permalink(string token, bool isRecurring = false) => new()
    {
        Token = token,
        Account = "default",
        IsRecurring = isRecurring,
        Status = PermalinkStatus.Waiting,
        PermalinkId = "p1",
        RoomId = "room",
    };

    private static RoomRegistration OfPermalink() => Registration("room", source: IntentSources.Permalink("p1"));

    private static InboxEntry Notice(InboxKind kind) => new(0, "room", "default", kind, "{}"u8.ToArray(), At);

    private async Task StartAsync(PermalinkRow permalink) => Assert.Equal(PermalinkOutcome.Written, await Store.UpdatePermalinkAsync(
        permalink with { Status = PermalinkStatus.Started, MeetingStartedAt = StartedAt },
        OfPermalink(),
        Notice(InboxKind.PermalinkStarted),
        Cancelled));
}
