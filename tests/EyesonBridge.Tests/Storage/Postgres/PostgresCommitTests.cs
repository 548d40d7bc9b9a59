using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using EyesonBridge.Testing.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.Tests.Storage.Postgres;

/// <summary>Commits of which it is not known what became of them.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresCommitTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;

    private readonly TestDatabase _database = new(postgres);
    private CommitRelay _relay = null!;
    private PostgresStore _store = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        (_relay, var options) = CommitRelay.Before(_database.ConnectionString);
        _store = await PostgresStore.OpenAsync(options, TimeProvider.System, NullLogger<PostgresStore>.Instance, Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _relay.DisposeAsync();
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Append_CommitWhoseAnswerIsLost_IsWrittenOnceAndToldSo(bool arrives)
    {
        var room = await HoldAsync("a");
        var receiver = new OutboxReceiver();
        await _store.HandOverAsync(receiver, Cancelled);
        Lose(arrives);

        var outcome = await _store.AppendAsync(Append(room, 0), Cancelled);

        Assert.Equal((AppendOutcome.Committed, 1), (outcome, _relay.Lost));
        Assert.Equal(AppendOutcome.Committed, await _store.AppendAsync(Append(room, 1), Cancelled));
        var entries = await _store.ReadOutboxAsync(0, 10, long.MaxValue, Cancelled);
        Assert.Equal([1L, 2L], entries.Select(entry => entry.Sequence));
        Assert.Equal(entries.Select(entry => entry.Id), receiver.Entries.Select(entry => entry.Id));
        Assert.Equal(2, _store.Depth.Count);
        Assert.True(_store.Health.IsWritable);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Append_EndWhoseAnswerIsLost_IsNotTakenForARefusal(bool arrives)
    {
        var room = await HoldAsync("a");
        Lose(arrives);

        var outcome = await _store.AppendAsync(Append(room, 0) with { Status = ObservationStatus.Ended, Closure = AppendClosure.Final, Events = [] }, Cancelled);

        Assert.Equal((AppendOutcome.Committed, 1), (outcome, _relay.Lost));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Register_CommitWhoseAnswerIsLost_IsRegisteredOnce(bool arrives)
    {
        Lose(arrives);

        var registered = await _store.RegisterRoomAsync(new RoomRegistration("a", "default", "command", WaitUntil: null, At), Cancelled);

        Assert.Equal((RegistrationOutcome.Registered, 1), (registered.Outcome, _relay.Lost));
        Assert.True(_store.Health.IsWritable);
    }

    private void Lose(bool arrives)
    {
        if (arrives)
            _relay.LoseNextAnswer();
        else
            _relay.LoseNextCommit();
    }

    private async Task<RoomRow> HoldAsync(string room)
    {
        await _store.RegisterRoomAsync(new RoomRegistration(room, "default", "command", WaitUntil: null, At), Cancelled);
        return Assert.Single(await _store.ClaimRoomsAsync("me", TimeSpan.FromMinutes(5), 1, Cancelled));
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
