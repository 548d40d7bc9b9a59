using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

public abstract partial class BridgeStoreSuite
{
    private static readonly RoomFilter Everything = new();

    [Fact(Timeout = 60_000)]
    public async Task PageRooms_RoomsOfEveryKind_CountsAllAndTellsAPageOfThem()
    {
        await FillAsync();

        var first = await Store.PageRoomsAsync(Everything, 0, 3, Cancelled);
        var second = await Store.PageRoomsAsync(Everything, 3, 3, Cancelled);

        Assert.Equal(["A free", "a ended", "b held"], first.Rooms.Select(room => room.RoomId));
        Assert.Equal(["c followed", "d ended"], second.Rooms.Select(room => room.RoomId));
        Assert.All([first, second], page => Assert.Equal(5, page.Found));
        Assert.All([first, second], page => Assert.Equal((2, 3), (page.Counts[ObservationStatus.Waiting], page.Counts[ObservationStatus.Ended])));
        Assert.Empty((await Store.PageRoomsAsync(Everything, 6, 3, Cancelled)).Rooms);
        Assert.Equivalent((await Store.ListRoomsAsync(Cancelled)).Take(3), first.Rooms, strict: true);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(ObservationStatus.Ended, "", "a ended, c followed, d ended")]
    [InlineData(ObservationStatus.Waiting, "", "A free, b held")]
    [InlineData(null, "A ", "A free, a ended")]
    [InlineData(null, "SPECIAL", "d ended")]
    [InlineData(ObservationStatus.Ended, "Held", "")]
    public async Task PageRooms_Filter_TellsAndCountsThoseThatItIsFor(ObservationStatus? status, string text, string expected)
    {
        await FillAsync();

        var page = await Store.PageRoomsAsync(new RoomFilter { Statuses = new StatusSet(status is { } one ? [one] : []), Text = text }, 0, 10, Cancelled);

        Assert.Equal(expected, string.Join(", ", page.Rooms.Select(room => room.RoomId)));
        Assert.Equal(page.Rooms.Count, page.Found);
        Assert.Equal(5, page.Counts.Values.Sum());
    }

    [Fact(Timeout = 60_000)]
    public async Task PageRooms_BehindARoom_TellsThoseAndCountsAll()
    {
        await FillAsync();
        var filter = new RoomFilter { Statuses = new StatusSet([ObservationStatus.Ended, ObservationStatus.Rejected]), After = "b", Account = "DEFAULT" };

        var page = await Store.PageRoomsAsync(filter, 0, 1, Cancelled);
        var none = await Store.PageRoomsAsync(filter with { Account = "defaul" }, 0, 9, Cancelled);

        Assert.Equal(["c followed"], page.Rooms.Select(room => room.RoomId));
        Assert.Equal((2, 0), (page.Found, none.Found)); // "d ended" has another account
    }

    [Theory(Timeout = 60_000)]
    [InlineData("", "A free, a ended, b held, c followed, d ended, e rejected")]
    [InlineData("ended", "a ended, c followed, d ended")]
    [InlineData("rejected", "e rejected")]
    [InlineData("ended rejected", "a ended, c followed, d ended, e rejected")]
    [InlineData("waiting", "A free, b held")]
    [InlineData("waiting ended", "A free, a ended, b held, c followed, d ended")]
    [InlineData("connecting observing interrupted", "")]
    public async Task ListRooms_Statuses_PageByPageTellsThoseRoomsOnce(string statuses, string expected)
    {
        await EndAsync("e rejected", "default", isFollowed: false, ObservationStatus.Rejected);
        await FillAsync();
        ObservationStatus[] asked = [.. statuses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => Enum.Parse<ObservationStatus>(name, ignoreCase: true))];

        var found = new List<RoomSummary>();
        for (IReadOnlyList<RoomSummary>? page = null; page is not { Count: < 2 }; found.AddRange(page))
        {
            page = await Store.ListRoomsAsync(new RoomQuery(asked, found.LastOrDefault()?.RoomId ?? "", 2), Cancelled);
            Assert.True(page.Count <= 2);
        }

        Assert.Equal(expected, string.Join(", ", found.Select(room => room.RoomId)));
        Assert.Equivalent((await Store.ListRoomsAsync(Cancelled)).Where(room => asked.Length == 0 || asked.Contains(room.Status)), found, strict: true);
        Assert.Equal(6, await Store.CountRoomsAsync(Cancelled));
    }

    private async Task FillAsync()
    {
        await EndAsync("d ended", "special", isFollowed: false);
        await EndAsync("c followed", "default", isFollowed: true);
        await EndAsync("a ended", "default", isFollowed: false);
        await HoldAsync("b held");
        await Store.RegisterRoomAsync(Registration("A free"), Cancelled);
    }

    private async Task EndAsync(string room, string account, bool isFollowed, ObservationStatus status = ObservationStatus.Ended)
    {
        await Store.RegisterRoomAsync(Registration(room, account), Cancelled);
        var held = Assert.Single(await Store.ClaimRoomsAsync("me", Lease, 1, Cancelled));
        var end = Append(held, 0) with { Status = status, Closure = AppendClosure.Final, IsFollowed = isFollowed };
        Assert.Equal(AppendOutcome.Committed, await Store.AppendAsync(end, Cancelled));
    }
}
