using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using EyesonBridge.Testing.Postgres;

namespace EyesonBridge.Tests.Storage.Postgres;

/// <summary>Rooms that one replica hands over to another.</summary>
[Collection(ReplicaTests.Name)]
public sealed class PostgresHandoverTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);
    private static readonly byte[] Heard = [1, 2, 3];

    private readonly TestDatabase _database = new(postgres);
    private readonly OutboxReceiver _published = new();
    private readonly OutboxReceiver _publishedByOther = new();
    private PostgresStore _store = null!;
    private PostgresStore _other = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        (_store, _other) = (await _database.OpenAsync(), await _database.OpenAsync());
        await _store.HandOverAsync(_published, Cancelled);
        await _other.HandOverAsync(_publishedByOther, Cancelled);
        await _store.BeginLeaseAsync("me", Cancelled);
        await _other.BeginLeaseAsync("other", Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task HandOver_RoomThatTheSuccessorHears_IsItsOwnWithWhatWasHeardAndTheFormerWritesNothing()
    {
        var room = await OfferAsync();
        Assert.Equal([new OfferedRoom("a", "default")], await _other.Handovers.AcceptAsync("other", 10, Cancelled));
        Assert.Empty(await _store.Handovers.ListReadyAsync("me", Cancelled));
        await _other.Handovers.NoteReadyAsync("other", ["a"], Cancelled);
        Assert.Equal(["a"], await _store.Handovers.ListReadyAsync("me", Cancelled));

        Assert.Equal(["a"], await _store.Handovers.HandOverAsync("me", [new GivenRoom("a", room.Epoch, Heard)], Cancelled));

        var handed = Assert.Single(await _other.Handovers.TakeAsync("other", Cancelled));
        Assert.Equal(("a", "other", room.Epoch + 1), (handed.Room.RoomId, handed.Room.Owner, handed.Room.Epoch));
        Assert.Equal(Heard, handed.Heard.ToArray());
        Assert.InRange(handed.Ago, TimeSpan.Zero, Lease);
        Assert.Equal(AppendOutcome.Fenced, await _store.AppendAsync(Append(room), Cancelled));
        Assert.Equal(AppendOutcome.Committed, await _other.AppendAsync(Append(handed.Room), Cancelled));
        Assert.Empty(_publishedByOther.Told); // it publishes it at once
        Assert.Equal(["a"], _publishedByOther.Resumed);
        Assert.Empty(await _other.Handovers.TakeAsync("other", Cancelled));
        Assert.Empty(await _other.Handovers.ListAcceptedAsync("other", Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task HandOver_RoomOfWhichSomethingIsStillToBePublished_IsPublishedByTheSuccessorOnceThatIsOut()
    {
        var room = await OfferAsync();
        await _store.AppendAsync(Append(room), Cancelled);
        _published.HasRest = true;
        await AcceptAsync();

        await _store.Handovers.HandOverAsync("me", [new GivenRoom("a", room.Epoch, Heard)], Cancelled);
        var handed = Assert.Single(await _other.Handovers.TakeAsync("other", Cancelled));
        Assert.Equal(["withhold a"], _publishedByOther.Told);
        Assert.Equal(AppendOutcome.Committed, await _other.AppendAsync(Append(handed.Room), Cancelled));

        await _store.DeleteOutboxAsync([new OutboxRange(1, 1, 3)], Cancelled);
        _published.HasRest = false;
        while (!_publishedByOther.Told.Contains("adopt a to 2", StringComparer.Ordinal))
        {
            Cancelled.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task HandOver_RoomOfWhichItCannotReadSomething_IsPublishedByTheSuccessorWithThat()
    {
        var room = await OfferAsync();
        await _store.AppendAsync(Append(room), Cancelled);
        await AcceptAsync();

        await _store.Handovers.HandOverAsync("me", [new GivenRoom("a", room.Epoch, Heard)], Cancelled); // nothing is left that it could publish

        Assert.Single(await _other.Handovers.TakeAsync("other", Cancelled));
        Assert.Equal(["adopt a to 1"], _publishedByOther.Told);
    }

    [Fact(Timeout = 60_000)]
    public async Task HandOver_SuccessorThatGivesUpInThatMoment_StaysWithItsOwner()
    {
        var room = await OfferAsync();
        await AcceptAsync();
        await using var connection = await _database.ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        await new HandoverWrites(new PostgresSession(connection)).WithdrawAsync("other", ["a"]);

        var handingOver = _store.Handovers.HandOverAsync("me", [new GivenRoom("a", room.Epoch, Heard)], Cancelled);
        while (await _database.ReadAsync<long>("SELECT count(*) FROM pg_locks WHERE NOT granted") == 0)
            Cancelled.ThrowIfCancellationRequested();
        await transaction.CommitAsync(Cancelled);

        Assert.Empty(await handingOver);
        Assert.Equal(AppendOutcome.Committed, await _store.AppendAsync(Append(room), Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task HandOver_SuccessorThatIsGone_StaysWithItsOwner()
    {
        var room = await OfferAsync();
        await AcceptAsync();
        await _other.DisposeAsync();

        Assert.Empty(await _store.Handovers.ListReadyAsync("me", Cancelled));
        Assert.Empty(await _store.Handovers.HandOverAsync("me", [new GivenRoom("a", room.Epoch, Heard)], Cancelled));

        Assert.Equal(AppendOutcome.Committed, await _store.AppendAsync(Append(room), Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task HandOver_RoomThatWasTakenByAnother_IsNotHandedOver()
    {
        var room = await OfferAsync();
        await AcceptAsync();
        await _store.ReleaseRoomAsync("a", "me", room.Epoch, Cancelled);

        Assert.Empty(await _store.Handovers.HandOverAsync("me", [new GivenRoom("a", room.Epoch, Heard)], Cancelled));

        Assert.Empty(await _other.Handovers.TakeAsync("other", Cancelled));
        Assert.Empty(await _other.Handovers.ListAcceptedAsync("other", Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task HandOver_SuccessorThatLostTheRoomBeforeItTookIt_LeavesNothingForLater()
    {
        var room = await OfferAsync();
        await AcceptAsync();
        await _store.Handovers.HandOverAsync("me", [new GivenRoom("a", room.Epoch, Heard)], Cancelled);
        await _other.ReleaseRoomAsync("a", "other", room.Epoch + 1, Cancelled);
        var third = Assert.Single(await _store.ClaimRoomsAsync("me", Lease, 10, Cancelled)); // as if it had lapsed

        Assert.Empty(await _other.Handovers.TakeAsync("other", Cancelled));

        Assert.Empty(await _other.Handovers.ListAcceptedAsync("other", Cancelled));
        await _store.ReleaseRoomAsync("a", "me", third.Epoch, Cancelled);
        Assert.Single(await _other.ClaimRoomsAsync("other", Lease, 10, Cancelled));
        Assert.Empty(await _other.Handovers.TakeAsync("other", Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Accept_WhatSomebodyElseHasAccepted_IsLeftToItUntilItGivesThatBack()
    {
        await OfferAsync();
        await AcceptAsync();
        Assert.Empty(await _other.Handovers.AcceptAsync("third", 10, Cancelled));
        Assert.Equal(["a"], await _other.Handovers.ListAcceptedAsync("other", Cancelled));

        await _other.Handovers.WithdrawAsync("other", ["a"], Cancelled);

        Assert.Empty(await _store.Handovers.ListReadyAsync("me", Cancelled));
        Assert.Equal("a", Assert.Single(await _other.Handovers.AcceptAsync("other", 10, Cancelled)).RoomId);
    }

    [Fact(Timeout = 60_000)]
    public async Task Withdraw_ByTheOwner_EndsWhatWasAccepted()
    {
        await OfferAsync();
        await AcceptAsync();

        await _store.Handovers.WithdrawAsync("me", ["a"], Cancelled);

        Assert.Empty(await _other.Handovers.ListAcceptedAsync("other", Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Accept_OffersOfAReplicaThatIsGone_AreForgotten()
    {
        await OfferAsync();
        await _store.DisposeAsync();

        Assert.Empty(await _other.Handovers.AcceptAsync("other", 10, Cancelled));

        Assert.Equal(0L, await _database.ReadAsync<long>("SELECT count(*) FROM handovers"));
    }

    private async Task<RoomRow> OfferAsync()
    {
        await _store.RegisterRoomAsync(new RoomRegistration("a", "default", "command", WaitUntil: null, At), Cancelled);
        var room = Assert.Single(await _store.ClaimRoomsAsync("me", Lease, 10, Cancelled));
        await _store.Handovers.OfferAsync("me", ["a"], Cancelled);
        return room;
    }

    private async Task AcceptAsync()
    {
        await _other.Handovers.AcceptAsync("other", 10, Cancelled);
        await _other.Handovers.NoteReadyAsync("other", ["a"], Cancelled);
    }

    private static RoomAppend Append(RoomRow room) => new()
    {
        RoomId = room.RoomId,
        Owner = room.Owner!,
        Epoch = room.Epoch,
        FromSequence = room.Sequence,
        Status = ObservationStatus.Observing,
        At = At,
        Events = [new OutboxEvent(Guid.NewGuid(), "Some", new byte[] { 1, 2, 3 }, TraceParent: null)],
    };
}
