using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using static EyesonBridge.Tests.Storage.Sqlite.SqliteFixture;

namespace EyesonBridge.Tests.Storage.Sqlite;

/// <summary>Which statements look through how much: rooms that are over stay for weeks, and nothing may pass them all.</summary>
public sealed class SqlitePlanTests : IDisposable
{
    private readonly SqliteFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Writes_All_FindTheirRowsByAnIndex()
    {
        await using var store = await _fixture.OpenAsync();
        var plans = PlansOfWrites();

        Assert.True(plans.Count > 20);
        Assert.All(plans, plan => Assert.DoesNotMatch("SCAN (rooms|retired_rooms|outbox|inbox|permalinks)\\b(?! USING INDEX rooms_(claimable|set_aside))", plan.Value));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("owner IS NULL AND ((status", "rooms_claimable")]
    [InlineData("lease_until <= ?4", "rooms_leased")]
    public async Task Claim_OfEitherKind_PassesOnlyRoomsThatItCanTake(string words, string index)
    {
        await using var store = await _fixture.OpenAsync();

        var plan = Assert.Single(PlansOfWrites(), plan => plan.Key.Contains(words, StringComparison.Ordinal) && plan.Key.Contains("LIMIT ?3", StringComparison.Ordinal)).Value;

        Assert.Contains($"INDEX {index}", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE FOR ORDER BY", plan, StringComparison.Ordinal); // the index has the order too
    }

    [Fact(Timeout = 60_000)]
    public async Task Reads_OfASupervisorRound_PassOnlyRoomsThatTheyTell()
    {
        await using var store = await _fixture.OpenAsync();
        var connection = SqlitePlans.Connect(_fixture);
        using var reads = new SqliteReads(connection);
        reads.ListUnwantedRooms("me");
        reads.ListInboxRooms("me");
        reads.ListHeldRooms("me");
        reads.FindRoom("room");

        var plans = SqlitePlans.Of(connection.Handle!);

        Assert.Contains("INDEX rooms_unwanted", Assert.Single(plans, plan => plan.Key.Contains("wanted_by =", StringComparison.Ordinal)).Value, StringComparison.Ordinal);
        Assert.Contains("INDEX rooms_owned", Assert.Single(plans, plan => plan.Key.EndsWith("owner = ?1", StringComparison.Ordinal)).Value, StringComparison.Ordinal);
        Assert.All(plans, plan => Assert.DoesNotContain("SCAN rooms", plan.Value, StringComparison.Ordinal));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("")]
    [InlineData("ended")]
    [InlineData("observing waiting")]
    [InlineData("ended observing")]
    public async Task ListRooms_AnyStatuses_PassesOnlyRoomsThatCanHaveThem(string statuses)
    {
        await using var store = await _fixture.OpenAsync();
        var connection = SqlitePlans.Connect(_fixture);
        using var reads = new SqliteReads(connection);
        reads.ListRooms(new RoomQuery([.. statuses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => Enum.Parse<ObservationStatus>(name, ignoreCase: true))], "a", 10));

        var plan = Assert.Single(SqlitePlans.Of(connection.Handle!)).Value;

        Assert.DoesNotContain("SCAN rooms" + Environment.NewLine, plan + Environment.NewLine, StringComparison.Ordinal);
        if (!statuses.Contains("ended", StringComparison.Ordinal) && statuses.Length > 0)
            Assert.DoesNotContain("rooms_over", plan, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task ListEndedRooms_AnyTime_PassesOnlyRoomsThatAreOverForSoLong()
    {
        await using var store = await _fixture.OpenAsync();
        var connection = SqlitePlans.Connect(_fixture);
        using var reads = new SqliteReads(connection);
        await EndAsync(store, "a");
        reads.ListEndedRooms(DateTimeOffset.MaxValue, after: null, 10);

        var plan = Assert.Single(SqlitePlans.Of(connection.Handle!), plan => plan.Key.Contains("rooms_to_retire", StringComparison.Ordinal)).Value;

        Assert.StartsWith("SEARCH rooms USING COVERING INDEX rooms_to_retire", plan.Replace("USING INDEX", "USING COVERING INDEX", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }

    /// <summary>The plans of all that the writer has.</summary>
    private IReadOnlyDictionary<string, string> PlansOfWrites()
    {
        using var connection = SqlitePlans.Connect(_fixture);
        using var context = new SqliteWriteContext(connection);
        return SqlitePlans.Of(connection.Handle!);
    }

    private static async Task EndAsync(SqliteStore store, string room)
    {
        var held = await HoldAsync(store, room);
        await store.AppendAsync(Append(held, 0) with { Status = ObservationStatus.Ended, Closure = AppendClosure.Final }, Cancelled);
    }
}
