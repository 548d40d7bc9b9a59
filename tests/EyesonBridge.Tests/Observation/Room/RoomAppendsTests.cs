using EyesonBridge.Observation.Room;
using EyesonBridge.Storage;
using EyesonBridge.Tests.Storage.Sqlite;
using static EyesonBridge.Tests.Storage.Sqlite.SqliteFixture;

namespace EyesonBridge.Tests.Observation.Room;

public sealed class RoomAppendsTests : IDisposable
{
    private const int MiB = 1024 * 1024;

    private readonly SqliteFixture _fixture = new();
    private readonly CancellationTokenSource _abandon = new(Timeout.InfiniteTimeSpan, TimeProvider.System);

    public void Dispose()
    {
        _fixture.Dispose();
        _abandon.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task WhenRoom_WindowFull_WaitsUntilSomeAreOnDisk()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        using var appends = new RoomAppends(store, _abandon.Token);
        var release = await OccupyAsync(store);

        for (var sequence = 0; sequence < 63; sequence++)
        {
            appends.Begin(Append(room, sequence), []);
            Assert.True(appends.WhenRoomAsync().AsTask().IsCompletedSuccessfully);
        }

        appends.Begin(Append(room, 63), []);
        var waiting = appends.WhenRoomAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        var flushing = appends.FlushAsync();
        release.Set();

        await waiting;
        Assert.Equal(AppendOutcome.Committed, await flushing);
        Assert.Equal(64, (await SequencesAsync(store)).Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task Flush_NothingUnderWay_IsDone()
    {
        await using var store = await _fixture.OpenAsync();
        using var appends = new RoomAppends(store, _abandon.Token);

        Assert.Equal(AppendOutcome.Committed, await appends.FlushAsync());
    }

    [Theory(Timeout = 60_000)]
    [InlineData(nameof(AppendClosure.FinalIfUnwanted), 0, nameof(AppendOutcome.WantedAgain), false)]
    [InlineData(nameof(AppendClosure.None), 5, nameof(AppendOutcome.Fenced), true)]
    public async Task Flush_LastOneNotWritten_TellsItsOutcome(string closure, long sequence, string outcome, bool isLost)
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        using var appends = new RoomAppends(store, _abandon.Token);

        appends.Begin(Append(room, 0), []);
        appends.Begin(Append(room, 1 + sequence) with { Closure = Enum.Parse<AppendClosure>(closure) }, []);

        Assert.Equal(Enum.Parse<AppendOutcome>(outcome), await appends.FlushAsync());
        Assert.Equal(isLost, appends.Lost.IsCancellationRequested);
        Assert.Equal([1L], await SequencesAsync(store));
    }

    [Fact(Timeout = 60_000)]
    public async Task Lost_OneFencedAndNobodyWaits_IsCancelled()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        using var appends = new RoomAppends(store, _abandon.Token);
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = appends.Lost.UnsafeRegister(state => ((TaskCompletionSource)state!).SetResult(), lost);

        appends.Begin(Append(room, 7), []);

        await lost.Task;
    }

    [Fact(Timeout = 60_000)]
    public async Task Lost_WhoIsToldTakesLong_DoesNotKeepTheStoreFromWriting()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        using var appends = new RoomAppends(store, _abandon.Token);
        using var release = new ManualResetEventSlim();
        var isInTime = true;
        await using var registration = appends.Lost.UnsafeRegister(_ => isInTime = release.Wait(TimeSpan.FromSeconds(30)), state: null);

        appends.Begin(Append(room, 7), []);

        Assert.Equal(AppendOutcome.Fenced, await appends.FlushAsync());
        await store.ProbeAsync(Cancelled);
        Assert.True(isInTime);
        release.Set();
    }

    [Fact(Timeout = 60_000)]
    public async Task Abandon_WhileTheyWait_IsThrownByEachWait()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        using var appends = new RoomAppends(store, _abandon.Token);
        var release = await OccupyAsync(store);
        for (var sequence = 0; sequence < 64; sequence++)
            appends.Begin(Append(room, sequence), []);
        var waiting = appends.WhenRoomAsync().AsTask();
        var flushing = appends.FlushAsync();

        await _abandon.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flushing);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => appends.WhenRoomAsync().AsTask());
        Assert.True(appends.Lost.IsCancellationRequested);
        release.Set();
        await store.ProbeAsync(Cancelled);
        Assert.Empty(await SequencesAsync(store));
    }

    [Fact(Timeout = 60_000)]
    public async Task WhenRoom_ManyBytesOfAllRoomsUnderWay_LetsEachHaveOne()
    {
        await using var store = await _fixture.OpenAsync();
        using var busy = new RoomAppends(store, _abandon.Token);
        using var quiet = new RoomAppends(store, _abandon.Token);
        var (busyRoom, quietRoom) = (await HoldAsync(store, "busy"), await HoldAsync(store, "quiet"));
        var release = await OccupyAsync(store);

        var count = 0;
        Task waiting;
        do
        {
            busy.Begin(Append(busyRoom, count++, bytes: 3 * MiB), []);
            waiting = busy.WhenRoomAsync().AsTask();
        }
        while (waiting.IsCompleted);

        Assert.Equal(11, count); // 32 MiB
        Assert.True(quiet.WhenRoomAsync().AsTask().IsCompletedSuccessfully);
        quiet.Begin(Append(quietRoom, 0), []);
        var quietWaiting = quiet.WhenRoomAsync().AsTask();
        Assert.False(quietWaiting.IsCompleted);
        release.Set();

        await waiting;
        await quietWaiting;
        Assert.Equal(AppendOutcome.Committed, await busy.FlushAsync());
        await quiet.FlushAsync();
        Assert.Equal(0, store.BytesUnderWay);
    }

    [Fact(Timeout = 60_000)]
    public async Task WhenRoom_ManyBusyRoomsAndAFullDisk_HoldsNoMoreBytesThanThat()
    {
        const int Rooms = 200, EachAppend = 20_000;
        await using var store = await _fixture.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, Rooms).Select(number => store.RegisterRoomAsync(
            new RoomRegistration($"room-{number}", "default", "command", WaitUntil: null, _fixture.Time.GetUtcNow()), Cancelled)));
        var rooms = (await store.ClaimRoomsAsync("me", Timeout.InfiniteTimeSpan, Rooms, Cancelled))
            .Select(room => (Room: room, Appends: new RoomAppends(store, _abandon.Token))).ToList();
        await FillDiskAsync(store);

        for (var sequence = 0; sequence < 64; sequence++)
        {
            foreach (var (room, appends) in rooms.Where(room => room.Appends.WhenRoomAsync().AsTask().IsCompletedSuccessfully))
                appends.Begin(Append(room, sequence, EachAppend), []);
        }

        Assert.InRange(store.BytesUnderWay, 32 * MiB, (32 * MiB) + (Rooms * (EachAppend + 1_000))); // of 250 MB that came
        await _fixture.Time.WhenArmedAsync(1, Cancelled);
        Assert.False(store.Health.IsWritable);
        var freed = FreeDiskAsync(store);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await freed;
        foreach (var (_, appends) in rooms)
        {
            Assert.Equal(AppendOutcome.Committed, await appends.FlushAsync());
            appends.Dispose();
        }

        Assert.Equal(0, store.BytesUnderWay);
    }
}
