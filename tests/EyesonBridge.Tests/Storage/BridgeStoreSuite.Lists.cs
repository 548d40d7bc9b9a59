using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

public abstract partial class BridgeStoreSuite
{
    private static readonly RoomFilter Everything = new(Status: null, "");

    [Fact]
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

    [Theory]
    [InlineData(ObservationStatus.Ended, "", "a ended, c followed, d ended")]
    [InlineData(ObservationStatus.Waiting, "", "A free, b held")]
    [InlineData(null, "A ", "A free, a ended")]
    [InlineData(null, "SPECIAL", "d ended")]
    [InlineData(ObservationStatus.Ended, "Held", "")]
    public async Task PageRooms_Filter_TellsAndCountsThoseThatItIsFor(ObservationStatus? status, string text, string expected)
    {
        await FillAsync();

        var page = await Store.PageRoomsAsync(new RoomFilter(status, text), 0, 10, Cancelled);

        Assert.Equal(expected, string.Join(", ", page.Rooms.Select(room => room.RoomId)));
        Assert.Equal(page.Rooms.Count, page.Found);
        Assert.Equal(5, page.Counts.Values.Sum());
    }

    private async Task FillAsync()
    {
        await EndAsync("d ended", "special", isFollowed: false);
        await EndAsync("c followed", "default", isFollowed: true);
        await EndAsync("a ended", "default", isFollowed: false);
        await HoldAsync("b held");
        await Store.RegisterRoomAsync(Registration("A free"), Cancelled);
    }

    private async Task EndAsync(string room, string account, bool isFollowed)
    {
        await Store.RegisterRoomAsync(Registration(room, account), Cancelled);
        var held = Assert.Single(await Store.ClaimRoomsAsync("me", Lease, 1, Cancelled));
        var end = Append(held, 0) with { Status = ObservationStatus.Ended, Closure = AppendClosure.Final, IsFollowed = isFollowed };
        Assert.Equal(AppendOutcome.Committed, await Store.AppendAsync(end, Cancelled));
    }
}
