using EyesonBridge.Contracts.V1;
using EyesonBridge.Control;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using EyesonBridge.Tests.Storage.Sqlite;
using static EyesonBridge.Tests.Storage.Sqlite.SqliteFixture;

namespace EyesonBridge.Tests.Control;

public sealed class GetObservationsConsumerTests : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly SqliteFixture _fixture = new();
    private SqliteStore _store = null!;
    private GetObservationsConsumer _consumer = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await _fixture.OpenAsync();
        _consumer = new GetObservationsConsumer(_store);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _fixture.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task Read_NothingStored_IsAnEmptyLastPage()
    {
        var answer = await _consumer.ReadAsync(new GetObservations(), Cancelled);

        Assert.Empty(answer.Items);
        Assert.Null(answer.Next);
        Assert.Equal(0, answer.Total);
    }

    [Fact(Timeout = 60_000)]
    public async Task Read_AfterNext_GoesOnUntilThereIsNoMore()
    {
        await RegisterAsync("a", "b", "c", "d");

        var first = await _consumer.ReadAsync(new GetObservations { Limit = 2 }, Cancelled);
        var second = await _consumer.ReadAsync(new GetObservations { Limit = 2, After = first.Next }, Cancelled);

        Assert.Equal(("a b", "b", 4), (Ids(first), first.Next, first.Total));
        Assert.Equal(("c d", null, null), (Ids(second), second.Next, second.Total));
    }

    [Fact(Timeout = 60_000)]
    public async Task Read_Statuses_TellsThoseAndCountsAll()
    {
        await RegisterAsync("ended");
        var held = Assert.Single(await _store.ClaimRoomsAsync("me", TimeSpan.FromMinutes(5), 1, Cancelled));
        await _store.AppendAsync(Append(held, 0) with { Status = ObservationStatus.Ended, Closure = AppendClosure.Final }, Cancelled);
        await RegisterAsync("waiting");

        var answer = await _consumer.ReadAsync(new GetObservations { Statuses = [ObservationStatus.Waiting] }, Cancelled);

        Assert.Equal(("waiting", 2), (Ids(answer), answer.Total));
        Assert.Equal("ended waiting", Ids(await _consumer.ReadAsync(new GetObservations { Statuses = [] }, Cancelled)));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(null, 500)]
    [InlineData(1_000_000, 1000)]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    public async Task Read_Limit_IsKeptWithinBounds(int? limit, int expected)
    {
        await RegisterAsync([.. Enumerable.Range(0, 1001).Select(number => $"room-{number:0000}")]);

        var answer = await _consumer.ReadAsync(new GetObservations { Limit = limit }, Cancelled);

        Assert.Equal(expected, answer.Items.Count);
        Assert.Equal($"room-{expected - 1:0000}", answer.Next);
    }

    private static string Ids(Observations answer) => string.Join(' ', answer.Items.Select(item => item.RoomId));

    private Task RegisterAsync(params string[] rooms) => Task.WhenAll(rooms.Select(room =>
        _store.RegisterRoomAsync(new RoomRegistration(room, "default", IntentSources.Command, WaitUntil: null, At), Cancelled)));
}
