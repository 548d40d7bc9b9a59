using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using EyesonBridge.Testing.Postgres;
using EyesonBridge.Tests.Logging;

namespace EyesonBridge.Tests.Storage.Postgres;

/// <summary>Replicas that share a database: who has what, and what each is told.</summary>
[Collection(ReplicaTests.Name)]
public sealed class PostgresReplicaTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    private readonly TestDatabase _database = new(postgres);
    private readonly LogRecorder<PostgresStore> _log = new();
    private readonly OutboxReceiver _published = new();
    private readonly OutboxReceiver _publishedByOther = new() { HasRest = true };
    private CommitRelay _relay = null!;
    private PostgresStore _store = null!;
    private PostgresStore _other = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        (_relay, var options) = CommitRelay.Before($"{_database.ConnectionString};Command Timeout=30"); // longer than a lease
        _other = await PostgresStore.OpenAsync(options, TimeProvider.System, _log, Cancelled);
        _store = await _database.OpenAsync();
        await _other.HandOverAsync(_publishedByOther, Cancelled);
        await _store.HandOverAsync(_published, Cancelled);
        await _other.BeginLeaseAsync("other", Cancelled);
        await _store.BeginLeaseAsync("me", Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _other.DisposeAsync();
        await _relay.DisposeAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Rooms_OfAReplicaThatIsCutOff_AreTakenOverWithWhatItLeftAndItKeepsNothing()
    {
        var room = await HoldAsync("a");
        Assert.Equal(AppendOutcome.Committed, await _other.AppendAsync(Append(room, 0), Cancelled));
        var over = await HoldAsync("over");
        await _other.AppendAsync(Append(over, 0) with { Status = ObservationStatus.Ended, Closure = AppendClosure.Final }, Cancelled);
        Assert.True(_other.Lease.IsHeld);

        _relay.Cut();
        var claimed = await ClaimAsync();

        Assert.False(_other.Lease.IsHeld); // before anybody else can have it
        Assert.Equal(("a", "me", 1L, true), (claimed.RoomId, claimed.Owner, claimed.Sequence, claimed.Epoch > room.Epoch));
        Assert.Null(room.LeftFor);
        Assert.InRange(claimed.LeftFor!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        await ToldAsync(_published, "adopt a to 1");
        await ToldAsync(_published, "adopt over to 2");
        Assert.Equal(AppendOutcome.Committed, await _store.AppendAsync(Append(claimed, 1), Cancelled));

        var late = _other.AppendAsync(Append(room, 1), Cancelled);
        _relay.Heal();
        Assert.Equal(AppendOutcome.Fenced, await late);
        await _log.WhenAsync(7101, 1);
        Assert.Contains("retain ", _publishedByOther.Told);
        await _other.Lease.WhenHeldAsync(Cancelled);
        Assert.Equal([1L, 2L], (await _store.ReadOutboxAsync(0, 10, long.MaxValue, Cancelled)).Where(entry => entry.RoomId is "a").Select(entry => entry.Sequence));
    }

    [Fact(Timeout = 60_000)]
    public async Task Rooms_LockedByAReplicaThatIsCutOffInATransaction_AreTakenOverToo()
    {
        await HoldAsync("a");
        using var goOn = new ManualResetEventSlim();
        var isLocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var frozen = new CallOperation<int>(batch =>
        {
            var rows = batch.Read("SELECT true FROM rooms FOR UPDATE", static _ => true).Count;
            isLocked.TrySetResult();
            goOn.Wait(Cancelled);
            return rows;
        });
        _other.Writer.Write(frozen, Cancelled);
        await isLocked.Task;

        _relay.Cut();
        Assert.Equal("a", (await ClaimAsync()).RoomId);

        goOn.Set();
        _relay.Heal();
        Assert.Equal(1, await frozen.Task);
    }

    [Fact(Timeout = 60_000)]
    public async Task Rooms_OfAReplicaThatWasCutOffButNobodyTook_AreStillItsOwn()
    {
        var room = await HoldAsync("a");
        _relay.Cut();
        var append = _other.AppendAsync(Append(room, 0), Cancelled);
        await _log.WhenAsync(7100, 1);
        _relay.Heal();

        Assert.Equal(AppendOutcome.Committed, await append);
        await _log.WhenAsync(7101, 1);
        Assert.Contains("retain a", _publishedByOther.Told);
        Assert.Equal(AppendOutcome.Committed, await _other.AppendAsync(Append(room, 1), Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Rooms_ThatAnotherStillPublishes_AreWithheldAlsoAfterALapse()
    {
        _published.HasRest = true;
        await _store.RegisterRoomAsync(Registration("a"), Cancelled);
        var room = Assert.Single(await _store.ClaimRoomsAsync("me", Lease, 10, Cancelled));
        await _store.ReleaseRoomAsync("a", "me", room.Epoch, Cancelled);
        Assert.Single(await _other.ClaimRoomsAsync("other", Lease, 10, Cancelled));
        Assert.Equal(["withhold a"], _publishedByOther.Told);

        _relay.Cut();
        await _log.WhenAsync(7100, 1);
        _relay.Heal();
        await _log.WhenAsync(7101, 1);

        Assert.Equal(["withhold a", "retain ", "withhold a"], _publishedByOther.Told);
    }

    [Fact(Timeout = 60_000)]
    public async Task Commit_ToldOnlyAfterTheLeaseLapsed_ReachesTheDispatcherBeforeItGivesUpWhatOthersPublish()
    {
        var room = await HoldAsync("a");
        _relay.KeepNextAnswer();
        var append = _other.AppendAsync(Append(room, 0), Cancelled);
        await _relay.WhenKeptAsync(Cancelled);

        await using (var connection = await _database.ConnectAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancelled);
            await new PostgresSession(connection).RunAsync("SELECT FROM replicas WHERE owner = 'other' FOR SHARE"); // it cannot be renewed
            await ClaimAsync();
            Assert.False(_other.Lease.IsHeld);
        }

        while (!await _database.ReadAsync<bool>("SELECT lease_until > clock_timestamp() FROM replicas WHERE owner = 'other'"))
            Cancelled.ThrowIfCancellationRequested();
        for (var number = 0; number < 50; number++) // time enough for a list that does not wait
            await _store.FindRoomAsync("a", Cancelled);
        _relay.GiveBack();

        Assert.Equal(AppendOutcome.Committed, await append);
        await _log.WhenAsync(7101, 1);
        Assert.Equal([1], _publishedByOther.EntriesAtRetain);
    }

    [Fact(Timeout = 60_000)]
    public async Task Release_RoomWithEventsToPublish_IsPublishedByTheNextOwnerOnceTheFormerHasFinished()
    {
        var room = await HoldAsync("a");
        await _other.AppendAsync(Append(room, 0), Cancelled);
        await _other.ReleaseRoomAsync("a", "other", room.Epoch, Cancelled);
        await _store.Signals.Intent.WaitAsync(Cancelled); // it is told so

        var claimed = await ClaimAsync();
        Assert.Equal(["withhold a"], _published.Told);
        Assert.Equal(AppendOutcome.Committed, await _store.AppendAsync(Append(claimed, 1), Cancelled));

        await _other.DeleteOutboxAsync([new OutboxRange(1, 1, 3)], Cancelled);
        _publishedByOther.HasRest = false;
        await ToldAsync(_published, "adopt a to 2");
    }

    [Fact(Timeout = 60_000)]
    public async Task Release_LastCommitIsToldLate_IsPublishedByTheFormerOwnerUntilItIsTold()
    {
        _publishedByOther.HasRest = false; // as far as it knows
        var room = await HoldAsync("a");
        _relay.KeepNextAnswer();
        var append = _other.AppendAsync(Append(room, 0), Cancelled);
        await _relay.WhenKeptAsync(Cancelled);
        var resumed = _publishedByOther.Resumed.Count;
        await _database.ExecuteAsync("UPDATE rooms SET owner = 'me', epoch = epoch + 1");
        while (_publishedByOther.Resumed.Count == resumed) // it looks what it can leave to others
        {
            Cancelled.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        for (var number = 0; number < 50; number++) // time enough to leave it
            await _store.FindRoomAsync("a", Cancelled);
        Assert.Equal("other", await _database.ReadAsync<string>("SELECT publisher FROM rooms"));
        _relay.GiveBack();

        Assert.Equal(AppendOutcome.Committed, await append);
        await ToldAsync(_published, "adopt a to 1");
    }

    [Fact(Timeout = 60_000)]
    public async Task Look_RoomsThatItPublishesOnly_LeavesThoseUnreadThatAnotherObserves()
    {
        var over = await HoldAsync("over");
        await _other.AppendAsync(Append(over, 0) with { Status = ObservationStatus.Ended, Closure = AppendClosure.Final }, Cancelled);
        var room = await HoldAsync("a");
        await _other.AppendAsync(Append(room, 0), Cancelled);
        await _other.ReleaseRoomAsync("a", "other", room.Epoch, Cancelled);
        await ClaimAsync();

        while (!_publishedByOther.Asked.ToLeave.Contains("a") || !_publishedByOther.Asked.ToKeep.Contains("over"))
        {
            Cancelled.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.DoesNotContain("over", _publishedByOther.Asked.ToLeave);
    }

    [Fact(Timeout = 60_000)]
    public async Task Release_RoomWithNothingToPublish_IsPublishedByTheNextOwnerAtOnce()
    {
        _publishedByOther.HasRest = false;
        var room = await HoldAsync("a");
        await _other.ReleaseRoomAsync("a", "other", room.Epoch, Cancelled);
        while (await _database.ReadAsync<bool>("SELECT publisher IS NOT NULL FROM rooms"))
        {
            Cancelled.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await ClaimAsync();

        Assert.Empty(_published.Told);
    }

    [Fact(Timeout = 60_000)]
    public async Task End_BeforeWhatWasWithheldIsAdopted_IsPublishedAllTheSame()
    {
        var room = await HoldAsync("a");
        await _other.AppendAsync(Append(room, 0), Cancelled);
        await _other.ReleaseRoomAsync("a", "other", room.Epoch, Cancelled);
        var claimed = await ClaimAsync();
        Assert.Equal(["withhold a"], _published.Told);

        await _database.ExecuteAsync("DELETE FROM outbox; UPDATE rooms SET publisher = NULL"); // the other has finished
        await _store.AppendAsync(Append(claimed, 1) with { Status = ObservationStatus.Ended, Closure = AppendClosure.Final }, Cancelled);

        await ToldAsync(_published, "adopt a to 2");
        Assert.Contains("a", _published.Resumed);
        Assert.Equal("me", await _database.ReadAsync<string>("SELECT publisher FROM rooms"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Claim_RoomThatItStillPublishes_PublishesAlsoWhatAnotherHasAppendedMeanwhile()
    {
        var room = await HoldAsync("a");
        await _other.AppendAsync(Append(room, 0), Cancelled);
        await _other.ReleaseRoomAsync("a", "other", room.Epoch, Cancelled);
        var claimed = await ClaimAsync();
        await _store.AppendAsync(Append(claimed, 1), Cancelled);
        await _store.ReleaseRoomAsync("a", "me", claimed.Epoch, Cancelled);

        Assert.Single(await _other.ClaimRoomsAsync("other", Lease, 10, Cancelled));

        Assert.Equal(["adopt a to 2"], _publishedByOther.Told);
    }

    [Fact(Timeout = 60_000)]
    public async Task Start_RoomsThatAreOverAndNobodyPublishes_AreItsOwn()
    {
        var room = await HoldAsync("a");
        await _other.AppendAsync(Append(room, 0) with { Status = ObservationStatus.Ended, Closure = AppendClosure.Final }, Cancelled);
        await _database.ExecuteAsync("UPDATE rooms SET publisher = NULL");
        var published = new OutboxReceiver();
        await using var third = await _database.OpenAsync();
        await third.HandOverAsync(published, Cancelled);

        await third.BeginLeaseAsync("third", Cancelled);

        await ToldAsync(published, "adopt a to 1");
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Register_RoomThatIsJustRemoved_GoesOnWithItsNumbers(bool byWebhook)
    {
        await _store.RegisterRoomAsync(Registration("a"), Cancelled);
        await _database.ExecuteAsync("UPDATE rooms SET status = 'ended', sequence = 7, epoch = 3");
        await using var connection = await _database.ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        await new PostgresSession(connection).RunAsync("SELECT FROM rooms FOR UPDATE");
        await new PostgresSession(connection).RunAsync(
            "WITH gone AS (DELETE FROM rooms RETURNING room_id, sequence, epoch) INSERT INTO retired_rooms (room_id, sequence, epoch) SELECT * FROM gone");

        var registering = byWebhook
            ? _store.DeliverAsync(new InboxEntry(0, "a", "default", InboxKind.Webhook, "{}"u8.ToArray(), At), Cancelled)
            : _store.RegisterRoomAsync(Registration("a"), Cancelled);
        while (await _database.ReadAsync<long>("SELECT count(*) FROM pg_locks WHERE NOT granted") == 0)
            Cancelled.ThrowIfCancellationRequested();
        await transaction.CommitAsync(Cancelled);
        await registering;

        Assert.Equal(7, (await _store.FindRoomAsync("a", Cancelled))!.Sequence);
        Assert.Equal(0, await _database.ReadAsync<long>("SELECT count(*) FROM retired_rooms"));
        await _store.RegisterRoomAsync(Registration("a"), Cancelled);
    }

    [Fact(Timeout = 60_000)]
    public async Task Close_InGoodOrder_LetsOthersHaveEverythingAtOnce()
    {
        var room = await HoldAsync("a");
        await _other.AppendAsync(Append(room, 0), Cancelled);

        await _other.DisposeAsync();
        await _store.Signals.Intent.WaitAsync(Cancelled);

        Assert.Equal("a", Assert.Single(await _store.ClaimRoomsAsync("me", Lease, 10, Cancelled)).RoomId);
        Assert.Equal(["adopt a to 1"], _published.Told);
    }

    [Fact(Timeout = 60_000)]
    public async Task Signals_ChangesByAnother_AreHeardOf()
    {
        await _store.Signals.Intent.WaitAsync(Cancelled); // what was before it listened
        await _store.Signals.Permalinks.WaitAsync(Cancelled);

        await _other.RegisterRoomAsync(Registration("a"), Cancelled);
        await _store.Signals.Intent.WaitAsync(Cancelled);
        await _other.RegisterPermalinkAsync(new PermalinkRow { Token = "t", Account = "default", IsRecurring = false, Status = PermalinkStatus.Waiting }, Cancelled);
        await _store.Signals.Permalinks.WaitAsync(Cancelled);
    }

    [Fact(Timeout = 60_000)]
    public async Task ReadShare_RoomsOfEachKind_AreCounted()
    {
        await HoldAsync("a");
        await _store.RegisterRoomAsync(Registration("b"), Cancelled);
        await _store.ClaimRoomsAsync("me", Lease, 10, Cancelled);
        await _store.RegisterRoomAsync(Registration("c"), Cancelled);
        await _store.RegisterRoomAsync(Registration("d"), Cancelled);
        await _store.ClaimRoomsAsync("gone", TimeSpan.Zero, 1, Cancelled);

        await _other.Handovers.OfferAsync("other", ["a", "b", "unknown"], Cancelled);
        Assert.Equal(new ReplicaShare(Replicas: 2, Rooms: 4, Held: 1, Free: 2, Offered: 1), await _store.ReadShareAsync("me", Cancelled));
        await _other.Handovers.LeaveAsync("other", Cancelled);
        Assert.Equal(new ReplicaShare(Replicas: 1, Rooms: 4, Held: 1, Free: 2, Offered: 1), await _store.ReadShareAsync("me", Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task ReadShare_HandshakesOfEach_AreToldWithTheLease()
    {
        _store.Replicas!.Handshakes = static () => 30;
        _other.Replicas!.Handshakes = static () => 10;

        while (await _store.ReadShareAsync("me", Cancelled) is not { Handshakes: 30, HandshakesOfAll: 40 })
        {
            Cancelled.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(new ReplicaShare(Replicas: 2, 0, 0, 0, Handshakes: 10, HandshakesOfAll: 40), await _other.ReadShareAsync("other", Cancelled));
        await _store.RenewLeasesAsync("me", Lease, Cancelled);
        await _store.ClaimRoomsAsync("me", Lease, 10, Cancelled);
        Assert.Equal(30, (await _store.ReadShareAsync("me", Cancelled))!.Value.Handshakes);
    }

    [Fact(Timeout = 60_000)]
    public async Task Replay_EventOfARoom_IsLeftToWhomPublishesItAndOfNobodysRoomIsAnyones()
    {
        var room = await HoldAsync("a");
        await _other.AppendAsync(Append(room, 0), Cancelled);
        var over = await HoldAsync("over");
        await _other.AppendAsync(Append(over, 0) with { Status = ObservationStatus.Ended, Closure = AppendClosure.Final }, Cancelled);
        await using var repair = (await StoreRepair.OpenAsync(_database.Options, Cancelled))!;
        foreach (var roomId in (string[])["a", "over"])
        {
            Assert.NotNull(await repair.SkipAsync(roomId, Cancelled));
            await repair.ReplayAsync(roomId, Cancelled);
        }

        await _database.ExecuteAsync("UPDATE rooms SET publisher = NULL WHERE room_id = 'over'"); // as when all of it had been published
        Assert.Equal(1, await _store.ReplaySkippedAsync(Cancelled));
        Assert.Equal("over", Assert.Single(_published.Entries).RoomId);
        Assert.Equal("me", await _database.ReadAsync<string>("SELECT publisher FROM rooms WHERE room_id = 'over'"));
        Assert.Equal(0, await _store.ReplaySkippedAsync(Cancelled));

        Assert.Equal(1, await _other.ReplaySkippedAsync(Cancelled));
        Assert.Equal("a", _publishedByOther.Entries[^1].RoomId);
    }

    [Fact(Timeout = 60_000)]
    public async Task Repair_RoomThatIsSetAside_IsToldToTheReplicas()
    {
        var room = await HoldAsync("a");
        await _other.SetAsideAsync(room, RoomParts.State, Cancelled);
        await using var repair = (await StoreRepair.OpenAsync(_database.Options, Cancelled))!;
        while (await _store.Signals.Intent.WaitAsync(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancelled))
        {
            // What was before.
        }

        await repair.RepairAsync("a", Cancelled);

        await _store.Signals.Intent.WaitAsync(Cancelled);
        Assert.Equal("a", (await ClaimAsync()).RoomId);
    }

    [Fact(Timeout = 60_000)]
    public async Task OpenRepair_OtherSchemaOrNone_IsRefusedOrTold()
    {
        await _database.ExecuteAsync("UPDATE store SET schema_version = 1");
        var refused = await Assert.ThrowsAsync<StoreException>(() => StoreRepair.OpenAsync(_database.Options, Cancelled));
        Assert.Contains("has schema 1; this program works with schema", refused.Message, StringComparison.Ordinal);

        var empty = new TestDatabase(postgres);
        await empty.InitializeAsync();
        Assert.Null(await StoreRepair.OpenAsync(empty.Options, Cancelled));
        await empty.DisposeAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Replicas_AskedSomething_AnswerFromTheirMemory()
    {
        _other.Replicas!.Answer = static (question, _) => Task.FromResult(question is "silence" ? null : $"heard: {question}");
        _store.Replicas!.Answer = static (_, _) => Task.FromResult<string?>("mine");
        await _other.Signals.Intent.WaitAsync(Cancelled); // now it listens
        await _store.Signals.Intent.WaitAsync(Cancelled);

        var answers = await _store.Replicas.AskAsync(["other"], "how are you, \"room 1\" ✓?", Cancelled);
        var others = await _other.Replicas.AskAsync(["me", "gone"], "and you?", Cancelled);
        var silence = await _store.Replicas.AskAsync(["other"], "silence", Cancelled);

        Assert.Equal(("other", "heard: how are you, \"room 1\" ✓?"), Assert.Single(answers.Select(answer => (answer.Key, answer.Value))));
        Assert.Equal(("me", "mine"), Assert.Single(others.Select(answer => (answer.Key, answer.Value)))); // the other is not waited for any longer
        Assert.Empty(silence);
        Assert.Empty(await _store.Replicas.AskAsync([], "nobody", Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Replicas_AskedByTheHundred_AreAskedInParts()
    {
        _other.Replicas!.Answer = static (_, _) => Task.FromResult<string?>("here");
        await _other.Signals.Intent.WaitAsync(Cancelled);
        await _store.Signals.Intent.WaitAsync(Cancelled);

        var answers = await _store.Replicas!.AskAsync([.. Enumerable.Range(0, 300).Select(number => $"{new string('x', 60)}-{number}"), "other"], "are you there?", Cancelled);

        Assert.Equal("other", Assert.Single(answers).Key);
    }

    [Fact(Timeout = 60_000)]
    public async Task Replicas_AnswerAsLongAsItMayBe_Arrives()
    {
        _other.Replicas!.Answer = (_, _) => Task.FromResult<string?>(new string('x', _other.Replicas.MostBytes));
        await _other.Signals.Intent.WaitAsync(Cancelled);
        await _store.Signals.Intent.WaitAsync(Cancelled);

        var answers = await _store.Replicas!.AskAsync(["other"], "how long?", Cancelled);

        Assert.Equal(_other.Replicas.MostBytes, answers["other"].Length);
    }

    [Fact(Timeout = 60_000)]
    public async Task Lists_OfAnyReplica_TellTheOwnersThatAreAliveAndWhatWaits()
    {
        var room = await HoldAsync("a");
        await _other.AppendAsync(Append(room, 0) with { At = At.AddSeconds(7) }, Cancelled);
        await _store.RegisterRoomAsync(Registration("b"), Cancelled);

        var alive = await _store.Replicas!.ListAsync(Cancelled);
        var before = await _store.ListRoomsAsync(Cancelled);
        var oldest = await _store.Replicas.OldestOfAsync(["a", "b", "c"], Cancelled);
        _relay.Cut();
        while ((await _store.Replicas.ListAsync(Cancelled)).Count > 1)
        {
            Cancelled.ThrowIfCancellationRequested();
            await Task.Yield();
        }
        var after = await _store.ListRoomsAsync(Cancelled);
        var page = await _store.PageRoomsAsync(new RoomFilter(), 0, 10, Cancelled);

        Assert.Equal([new LiveReplica("me", 0), new LiveReplica("other", 1)], alive);
        Assert.Equal(["other", null], before.Select(row => row.Owner));
        Assert.Equal("a", Assert.Single(oldest).Key);
        Assert.Equal([null, null], after.Select(row => row.Owner));
        Assert.Equal([null, null], page.Rooms.Select(row => row.Owner));
        _relay.Heal();
    }

    private static RoomRegistration Registration(string room) => new(room, "default", "command", WaitUntil: null, At);

    private async Task<RoomRow> HoldAsync(string room)
    {
        await _other.RegisterRoomAsync(Registration(room), Cancelled);
        return Assert.Single(await _other.ClaimRoomsAsync("other", Lease, 10, Cancelled));
    }

    /// <summary>Claims until there is a room to claim.</summary>
    private async Task<RoomRow> ClaimAsync()
    {
        while (true)
        {
            if (await _store.ClaimRoomsAsync("me", Lease, 10, Cancelled) is [var room])
                return room;
        }
    }

    private static async Task ToldAsync(OutboxReceiver receiver, string what)
    {
        while (!receiver.Told.Contains(what, StringComparer.Ordinal))
        {
            Cancelled.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static RoomAppend Append(RoomRow room, long fromSequence) => new()
    {
        RoomId = room.RoomId,
        Owner = room.Owner!,
        Epoch = room.Epoch,
        FromSequence = fromSequence,
        Status = ObservationStatus.Observing,
        At = At,
        Events = [new OutboxEvent(Guid.NewGuid(), "Some", new byte[] { 1, 2, 3 }, TraceParent: null)],
    };
}
