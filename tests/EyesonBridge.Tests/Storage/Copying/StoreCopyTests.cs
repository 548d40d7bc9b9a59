using System.Text.Json;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Copying;
using EyesonBridge.Storage.Sqlite;
using EyesonBridge.Testing.Postgres;
using EyesonBridge.Tests.Storage.Postgres;
using EyesonBridge.Tests.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EyesonBridge.Tests.Storage.Copying;

/// <summary>A store with something of everything moves: all of it arrives and goes on; or nothing has happened.</summary>
[Collection(PostgresTests.Name)]
public sealed class StoreCopyTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const int Slow = 60_000;

    private static readonly DateTimeOffset At = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly string[] Rooms = ["aside", "ended", "inbox", "running", "skipped", "Übung"];

    private readonly SqliteFixture _source = new();
    private readonly TestDatabase _target = new(postgres);
    private readonly List<string> _progress = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _target.InitializeAsync();
        await using (var store = await _source.OpenAsync())
            await FillAsync(store);

        using var repair = SqliteRepair.Open($"Data Source={_source.Path}");
        repair.Skip("skipped");
        _source.Execute($"INSERT INTO inbox_set_aside VALUES (77, 'running', 'default', 'unknown', x'0102', {At.ToUnixTimeMilliseconds()})");
    }

    public ValueTask DisposeAsync()
    {
        _source.Dispose();
        return _target.DisposeAsync();
    }

    [Fact(Timeout = Slow)]
    public async Task Copy_StoreWithEverything_ArrivesWhole()
    {
        var before = await DescribeSourceAsync();

        var result = await CopyAsync();

        await using var store = await _target.OpenAsync();
        Assert.Equal(before, await DescribeAsync(store));
        Assert.Equal(before.StreamId, result.StreamId);
        Assert.All(result.Counts, count => Assert.Equal(count.Source, count.Target));
        Assert.Equal(
            ["6 rooms", "1 rooms that were removed", "4 registrations", "6 events that wait", "1 skipped events", "2 permalinks", "1 entries of inboxes", "1 unreadable entries"],
            result.Counts.Select(count => $"{count.Target} {count.Words}"));
        Assert.Contains("copied 6 of 6 events that wait", _progress);
    }

    [Fact(Timeout = Slow)]
    public async Task Copy_StoreWithEverything_GoesOnOverPostgres()
    {
        var before = await DescribeSourceAsync();
        await CopyAsync();

        var published = new OutboxReceiver();
        await using var store = await _target.OpenAsync();
        await store.BeginLeaseAsync("me", Cancelled);
        await store.HandOverAsync(published, Cancelled);
        var claimed = await store.ClaimRoomsAsync("me", TimeSpan.FromMinutes(5), 100, Cancelled);
        var running = Assert.Single(claimed, static room => room.RoomId is "running");
        Assert.Equal((3, before.StreamId), (running.Sequence, running.StreamId));
        Assert.Equal(AppendOutcome.Committed, await store.AppendAsync(Append(running, 3, AppendClosure.None), Cancelled));

        var last = (await store.ReadOutboxAsync(0, 100, long.MaxValue, Cancelled))[^1];
        Assert.Equal(("running", 4, before.StreamId), (last.RoomId, last.Sequence, last.StreamId));
        Assert.Contains("adopt running to 3", published.Told);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (!published.Told.Contains("adopt ended to 5", StringComparer.Ordinal)) // of a room that nobody observes any more
            await tick.WaitForNextTickAsync(Cancelled);

        await store.RegisterRoomAsync(new RoomRegistration("retired", "default", "command", WaitUntil: null, At), Cancelled);
        Assert.Equal(1, (await store.FindRoomAsync("retired", Cancelled))!.Sequence);
        Assert.True((await store.FindRoomAsync("retired", Cancelled))!.Intent > before.LastIntent);
        await store.DeliverAsync(new InboxEntry(0, "running", "default", InboxKind.Webhook, "{}"u8.ToArray(), At), Cancelled);
        await store.RetrySetAsideAsync(Cancelled);
        Assert.Equal(2, (await store.ReadInboxAsync("running", Cancelled)).Count);
        await _target.ExecuteAsync("UPDATE skipped SET replay = true");
        Assert.Equal(1, await store.ReplaySkippedAsync(Cancelled));
    }

    [Fact(Timeout = Slow)]
    public async Task Copy_Done_LetsTheSourceBeginAnotherHistoryIfItIsStartedAgain()
    {
        var before = await DescribeSourceAsync();
        await CopyAsync();

        Assert.NotEqual(before.StreamId, (await DescribeSourceAsync()).StreamId);
    }

    [Fact(Timeout = Slow)]
    public async Task Copy_BridgeRunsOnTheSource_IsRefused()
    {
        await using var bridge = await _source.OpenAsync();

        Assert.Contains($"A bridge runs on the store {_source.Path}. Stop it", await FailAsync(), StringComparison.Ordinal);
        await AssertNothingIsThereAsync();
    }

    [Fact(Timeout = Slow)]
    public async Task Copy_NoSource_IsRefusedAndNothingIsMade()
    {
        var missing = Path.Combine(_source.Folder, "none", "none.db");

        Assert.Contains("none.db does not exist", await FailAsync(source: missing), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.GetDirectoryName(missing)));
    }

    [Fact(Timeout = Slow)]
    public async Task Copy_ReplicaRunsOnTheTarget_IsRefused()
    {
        await using var bridge = await _target.OpenAsync();
        await bridge.BeginLeaseAsync("me", Cancelled);

        Assert.Contains("1 replicas of the bridge run on the database", await FailAsync(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Slow)]
    public async Task Copy_TargetWhoseReplicasHaveStopped_IsTaken()
    {
        await using (var bridge = await _target.OpenAsync())
            await bridge.BeginLeaseAsync("me", Cancelled);

        Assert.Equal(8, (await CopyAsync()).Counts.Count);
    }

    [Fact(Timeout = Slow)]
    public async Task Copy_Twice_IsRefusedAsNotEmpty()
    {
        await CopyAsync();

        var refused = await FailAsync();

        Assert.Contains("is not empty: its table rooms has rows", refused, StringComparison.Ordinal);
        Assert.Contains("drop and create the database", refused, StringComparison.Ordinal);
    }

    [Fact(Timeout = Slow)]
    public async Task Copy_NewerTarget_IsRefused()
    {
        await using (await _target.OpenAsync())
            await _target.ExecuteAsync("UPDATE store SET schema_version = 99");

        Assert.Contains("schema 99, which a newer version of the bridge has made", await FailAsync(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Slow)]
    public async Task Copy_UserThatDoesNotOwnTheTables_IsToldWhoMay()
    {
        await (await _target.OpenAsync()).DisposeAsync();
        var role = $"bridge_{Guid.NewGuid():N}";
        await _target.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'secret'; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}; REVOKE UPDATE ON store FROM {role}; REVOKE DELETE ON store FROM {role}");
        var target = new StoreOptions
        {
            Provider = StoreProvider.Postgres,
            ConnectionString = new NpgsqlConnectionStringBuilder(_target.ConnectionString) { Username = role, Password = "secret" }.ConnectionString,
        };

        Assert.Contains("Copy as the owner of the tables", await FailAsync(target), StringComparison.Ordinal);
    }

    [Theory(Timeout = Slow)]
    [InlineData("UPDATE rooms SET wanted_by = 'x' WHERE room_id = 'running'", "What wants room running cannot be read")]
    [InlineData("UPDATE outbox SET event_id = 'x' WHERE room_id = 'running' AND sequence = 2", "sequence 2 of room running has no readable id")]
    [InlineData("PRAGMA foreign_keys = OFF; DELETE FROM rooms WHERE room_id = 'ended'", "Events of room ended wait")]
    public async Task Copy_WhatPostgresCouldNotHold_IsNamed(string damage, string expected)
    {
        _source.Execute(damage);

        Assert.Contains(expected, await FailAsync(), StringComparison.Ordinal);
        await AssertNothingIsThereAsync();
    }

    [Fact(Timeout = Slow)]
    public async Task Copy_BrokenOff_LeavesNothingAndCanBeRepeated()
    {
        var before = await DescribeSourceAsync();
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CopyAsync(broken.Token, words =>
        {
            if (words.Contains("events that wait", StringComparison.Ordinal))
                broken.Cancel();
        }));

        await AssertNothingIsThereAsync();
        Assert.Equal(before, await DescribeSourceAsync());
        await CopyAsync();
    }

    [Fact(Timeout = Slow)]
    public async Task Copy_ConnectionLostOnTheWay_LeavesNothing()
    {
        await (await _target.OpenAsync()).DisposeAsync();
        await _target.ExecuteAsync("""
            CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
            CREATE TRIGGER lose BEFORE INSERT ON permalinks FOR EACH ROW EXECUTE FUNCTION lose()
            """);

        Assert.Contains("Nothing was copied", await FailAsync(), StringComparison.Ordinal);
        await AssertNothingIsThereAsync();
    }

    [Theory(Timeout = Slow)]
    [InlineData("permalinks", "RETURN NULL")] // lost
    [InlineData("outbox", "NEW.sequence = NEW.sequence + 1; RETURN NEW")] // changed
    public async Task Copy_ThatDiffersFromItsSource_IsNotKept(string table, string change)
    {
        await (await _target.OpenAsync()).DisposeAsync();
        await _target.ExecuteAsync($"""
            CREATE FUNCTION change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {change}; END $$;
            CREATE TRIGGER change BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION change()
            """);

        Assert.Contains($"The copy of {table} in", await FailAsync(), StringComparison.Ordinal);
        await AssertNothingIsThereAsync();
    }

    private static async Task FillAsync(SqliteStore store)
    {
        foreach (var room in (string[])["running", "ended", "retired", "skipped", "aside", "Übung"])
            await store.RegisterRoomAsync(new RoomRegistration(room, "default", "command", room is "running" ? At.AddDays(1) : null, At, $"{At:O}"), Cancelled);
        await store.RegisterRoomAsync(new RoomRegistration("running", "default", IntentSources.Webhook, WaitUntil: null, At, $"{At:O}"), Cancelled);
        var rooms = (await store.ClaimRoomsAsync("me", TimeSpan.FromMinutes(5), 100, Cancelled)).ToDictionary(static room => room.RoomId, StringComparer.Ordinal);
        foreach (var sequence in (long[])[0, 1, 2])
            await store.AppendAsync(Append(rooms["running"], sequence, AppendClosure.None) with { State = new byte[] { 1, 0, 255 }, Positions = "{}", HeardAt = At, MeetingId = "m", Reason = "r" }, Cancelled);
        await store.AppendAsync(Append(rooms["ended"], 0, AppendClosure.None), Cancelled);
        await store.AppendAsync(Append(rooms["ended"], 1, AppendClosure.Final), Cancelled);
        await store.AppendAsync(Append(rooms["retired"], 0, AppendClosure.Final), Cancelled);
        var retired = (await store.ReadOutboxAsync(0, 100, long.MaxValue, Cancelled)).Single(static entry => entry.RoomId is "retired").Id;
        await store.DeleteOutboxAsync([new OutboxRange(retired, retired, 1)], Cancelled);
        foreach (var room in (string[])["ended", "retired"])
            await store.ReleaseRoomAsync(room, "me", rooms[room].Epoch, Cancelled);
        Assert.Equal(1, await store.RetireRoomsAsync([new EndedRoom("retired", At, 1)], At.AddDays(1), Cancelled));
        await store.AppendAsync(Append(rooms["skipped"], 0, AppendClosure.None), Cancelled);
        await store.AppendAsync(Append(rooms["skipped"], 1, AppendClosure.None), Cancelled);
        await store.SetAsideAsync(rooms["aside"], RoomParts.State, Cancelled);
        await store.UnregisterRoomAsync("Übung", "command", Cancelled); // a command stopped it
        await store.DeliverAsync(new InboxEntry(0, "inbox", "default", InboxKind.Webhook, "{}"u8.ToArray(), At), Cancelled);
        foreach (var token in (string[])["z-token", "a-token"])
            await store.RegisterPermalinkAsync(new PermalinkRow { Token = token, Account = "default", IsRecurring = token is "z-token", Status = PermalinkStatus.Waiting, PermalinkId = token[..1], MeetingStartedAt = null }, Cancelled);
    }

    private static RoomAppend Append(RoomRow room, long from, AppendClosure closure) => new()
    {
        RoomId = room.RoomId,
        Owner = room.Owner!,
        Epoch = room.Epoch,
        FromSequence = from,
        StreamId = room.StreamId,
        Status = closure == AppendClosure.None ? ObservationStatus.Observing : ObservationStatus.Ended,
        At = At,
        Closure = closure,
        Events = [new OutboxEvent(Guid.CreateVersion7(At), "Some", new byte[] { 0, (byte)from, 255 }, TraceParent: from == 0 ? null : "00-1-2-01")],
    };

    private Task<CopyResult> CopyAsync(CancellationToken cancellationToken, Action<string>? progress = null) =>
        new StoreCopy(progress ?? _progress.Add, TimeProvider.System, NullLogger.Instance)
            .RunAsync(new StoreOptions { ConnectionString = $"Data Source={_source.Path}" }, _target.Options, cancellationToken);

    private Task<CopyResult> CopyAsync() => CopyAsync(Cancelled);

    private async Task<string> FailAsync(StoreOptions? target = null, string? source = null) => (await Assert.ThrowsAsync<StoreException>(() =>
        new StoreCopy(_progress.Add, TimeProvider.System, NullLogger.Instance)
            .RunAsync(new StoreOptions { ConnectionString = $"Data Source={source ?? _source.Path}" }, target ?? _target.Options, Cancelled))).Message;

    private async Task AssertNothingIsThereAsync()
    {
        await using var store = await _target.OpenAsync(); // makes the tables if there are none
        foreach (var table in CopiedTables.All)
            Assert.Equal((table.Name, 0L), (table.Name, await _target.ReadAsync<long>($"SELECT count(*) FROM {table.Name}")));
    }

    private async Task<Described> DescribeSourceAsync()
    {
        await using var store = await _source.OpenAsync();
        return await DescribeAsync(store);
    }

    /// <summary>What a store has, as its users see it.</summary>
    private static async Task<Described> DescribeAsync(IBridgeStore store)
    {
        var rooms = await Task.WhenAll(Rooms.Select(room => store.FindRoomAsync(room, Cancelled)));
        var inboxes = await Task.WhenAll(Rooms.Select(room => store.ReadInboxAsync(room, Cancelled)));
        var text = JsonSerializer.Serialize(new
        {
            Rooms = rooms,
            Outbox = await store.ReadOutboxAsync(0, 100, long.MaxValue, Cancelled),
            Permalinks = (await store.ListPermalinksAsync(0, 100, Cancelled)).Select(static entry => entry.Permalink),
            Inboxes = inboxes,
        });
        return new Described(text, rooms[0]!.StreamId!, rooms.Max(static room => room!.Intent));
    }

    private sealed record Described(string Text, string StreamId, long LastIntent);
}
