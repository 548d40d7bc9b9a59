using EyesonBridge.Outbox;

namespace EyesonBridge.Tests.Outbox;

public sealed class LaneMemoryTests
{
    private readonly LaneMemory _memory = new(mostBytes: 100_000);

    [Fact]
    public void HasRoomFor_OneRoomAlone_UntilItHasHalf()
    {
        Assert.True(HasRoomFor(count: 49, bytesOfEach: 1_000));
        Assert.False(HasRoomFor(count: 50, bytesOfEach: 1_000));
    }

    [Fact]
    public void HasRoomFor_AnotherHasHalf_UntilItHasAQuarter()
    {
        _memory.Take(50_000);

        Assert.True(HasRoomFor(count: 24, bytesOfEach: 1_000));
        Assert.False(HasRoomFor(count: 25, bytesOfEach: 1_000));
    }

    [Fact]
    public void HasRoomFor_MemoryFull_AFewOfEveryRoom()
    {
        _memory.Take(500_000);

        Assert.True(_memory.IsFull);
        Assert.True(HasRoomFor(count: LaneMemory.Least - 1, bytesOfEach: 1_000));
        Assert.False(HasRoomFor(count: LaneMemory.Least, bytesOfEach: 1_000));
    }

    [Fact]
    public void HasRoomFor_MemoryFullAndLargeEvents_OneOfEveryRoom()
    {
        _memory.Take(500_000);

        Assert.True(HasRoomFor(count: 0, bytesOfEach: 0));
        Assert.False(HasRoomFor(count: 1, bytesOfEach: 60_000));
        Assert.True(HasRoomFor(count: 2, bytesOfEach: LaneMemory.LeastBytes / 2 - 1));
        Assert.False(HasRoomFor(count: 2, bytesOfEach: LaneMemory.LeastBytes / 2));
        Assert.False(_memory.HasMuchRoomFor(Lanes.With(1, 60_000)));
    }

    [Fact]
    public void HasRoomFor_AThousandRoomsWithLargeEvents_StaysWithinItsBytes()
    {
        const int EachEvent = 15_000;
        var memory = new LaneMemory(mostBytes: 1_000_000);
        var lanes = Enumerable.Range(0, 1_000).Select(_ => Lanes.With(0)).ToList();

        for (var round = 0; round < 20; round++)
        {
            foreach (var lane in lanes.Where(memory.HasRoomFor))
            {
                lane.Add(Lanes.Entry(round, EachEvent));
                memory.Take(EachEvent);
            }
        }

        Assert.InRange(memory.Bytes, 1_000_000, 1_000_000 + (1_000 * (LaneMemory.LeastBytes + EachEvent)));
        Assert.Equal(lanes.Sum(lane => lane.Bytes), memory.Bytes);
    }

    [Fact]
    public void HasRoomFor_RoomThatCannotBePublished_TwoWhateverIsFree()
    {
        var lane = Lanes.With(LaneMemory.LeastOfTroubled - 1);
        lane.Trouble = new RoomTrouble();

        Assert.True(_memory.HasRoomFor(lane));
        lane.Add(Lanes.Entry(9));
        Assert.False(_memory.HasRoomFor(lane));
        Assert.False(_memory.HasMuchRoomFor(lane));
    }

    [Fact]
    public void HasMuchRoomFor_SpilledRoom_OnceItHasHalfOfWhatIsFree()
    {
        _memory.Take(20_000);

        Assert.True(_memory.HasMuchRoomFor(Lanes.With(39)));
        Assert.False(_memory.HasMuchRoomFor(Lanes.With(40)));
        _memory.Take(80_000);
        Assert.True(_memory.HasMuchRoomFor(Lanes.With(LaneMemory.Least / 2)));
        Assert.False(_memory.HasMuchRoomFor(Lanes.With((LaneMemory.Least / 2) + 1)));
    }

    [Fact]
    public void HasMuchRoomFor_MemoryHalfFull_OnlyARoomThatHasLittleLeft()
    {
        _memory.Take(50_000);

        Assert.False(_memory.HasMuchRoomFor(Lanes.With(10)));
        Assert.True(_memory.HasMuchRoomFor(Lanes.With(LaneMemory.Least / 2)));
        _memory.Release(1);
        Assert.True(_memory.HasMuchRoomFor(Lanes.With(10)));
    }

    [Fact]
    public void Release_HalfIsFreeAgain_IsToldOnceEachTime()
    {
        var told = 0;
        var memory = new LaneMemory(mostBytes: 1_000) { HalfIsFree = () => told++ };
        memory.Take(600);
        memory.Release(100);
        Assert.Equal(0, told);

        memory.Release(1);
        memory.Release(400);
        Assert.Equal(1, told);

        memory.Take(900);
        memory.Release(999);
        Assert.Equal(2, told);
    }

    [Fact]
    public void Release_WhatWasTaken_FreesIt()
    {
        _memory.Take(100_000);
        _memory.Release(40_000);

        Assert.Equal(60_000, _memory.Bytes);
        Assert.False(_memory.IsFull);
    }

    /// <summary>Asks as the line does: what the room has is counted.</summary>
    private bool HasRoomFor(int count, int bytesOfEach)
    {
        var lane = Lanes.With(count, bytesOfEach);
        _memory.Take(lane.Bytes);
        var hasRoom = _memory.HasRoomFor(lane);
        _memory.Release(lane.Bytes);
        return hasRoom;
    }
}
