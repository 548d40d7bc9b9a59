using EyesonBridge.Bus;
using EyesonBridge.Outbox;
using EyesonBridge.Tests.Outbox;

namespace EyesonBridge.Tests.Bus;

public sealed class PendingConfirmsTests
{
    private readonly PendingConfirms _pending = new();

    [Fact]
    public void Settle_Multiple_GivesAllUpToItInOrder()
    {
        Add(5);

        Assert.Equal([1, 2, 3], Settle(3, isMultiple: true));
        Assert.Equal(2, _pending.Count);
        Assert.Equal([4, 5], Settle(5, isMultiple: true));
        Assert.Equal(0, _pending.Count);
    }

    [Fact]
    public void Settle_SingleOutOfOrder_GivesEachOnce()
    {
        Add(4);

        Assert.Equal([3], Settle(3));
        Assert.Equal([2], Settle(2));
        Assert.Equal(4, _pending.Count); // the first keeps its place, and so all behind it
        Assert.Equal([1], Settle(1));
        Assert.Equal(1, _pending.Count);
        Assert.Equal([4], Settle(4));
        Assert.Equal(0, _pending.Count);
    }

    [Fact]
    public void Settle_MultipleBehindSingleOnes_LeavesOutWhatIsSettled()
    {
        Add(6);
        Settle(2);
        Settle(4);

        Assert.Equal([1, 3, 5], Settle(5, isMultiple: true));
        Assert.Equal([6], Settle(6, isMultiple: true));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    [InlineData(ulong.MaxValue, true)]
    public void Settle_TagThatWasNeverGiven_GivesNothing(ulong tag, bool isMultiple)
    {
        Add(2);

        Assert.Empty(Settle(tag, isMultiple));
        Assert.Equal(2, _pending.Count);
    }

    [Fact]
    public void Settle_TheSameAgain_GivesNothing()
    {
        Add(3);
        Settle(1);
        Settle(3);

        Assert.Empty(Settle(1));
        Assert.Empty(Settle(3));
        Assert.Empty(Settle(1, isMultiple: true));
        Assert.Equal([2], Settle(3, isMultiple: true));
    }

    [Fact]
    public void Add_MoreThanThereIsPlaceFor_KeepsWhatIsPending()
    {
        Add(100);
        Settle(100, isMultiple: true); // so that the ring is full in the middle of a turn
        Add(1_000, from: 101);

        Assert.Equal(1_000, _pending.Count);
        Assert.Equal([700], Settle(700));
        Assert.Equal(Enumerable.Range(101, 999).Select(number => number >= 700 ? number + 1L : number), Settle(1_100, isMultiple: true));
    }

    [Fact]
    public void Settle_ManyTurnsOfTheRing_GivesWhatWasAdded()
    {
        for (var round = 0; round < 50; round++)
        {
            var from = 1 + (round * 100);
            Add(100, from);
            Assert.Equal([from + 99L], Settle((ulong)from + 99));
            Assert.Equal(Enumerable.Range(from, 99).Select(number => (long)number), Settle((ulong)from + 98, isMultiple: true));
        }
    }

    [Fact]
    public void Settle_OneIsGivenUpAndNeverConfirmed_KeepsNoPlaceForThoseBehindIt()
    {
        var given = Lanes.Receipts(1)[0];
        _pending.Add(given with { Attempt = given.Publication.Attempt - 1 });
        Add(1, from: 2);

        Assert.Equal([2], Settle(2));

        Assert.Equal(0, _pending.Count);
        Assert.Empty(Settle(1));
    }

    [Fact]
    public void RemoveLast_GivenUpBeforeItWasPublished_TheNextGetsItsTag()
    {
        Add(2);
        var given = Lanes.Receipts(1)[0];
        _pending.Add(given with { Attempt = given.Publication.Attempt - 1 });
        Assert.Equal([1, 2], Settle(2, isMultiple: true));
        _pending.RemoveLast();
        Add(1, from: 3);

        Assert.Equal([3], Settle(3));
        Assert.Equal(0, _pending.Count);
    }

    [Fact]
    public void RemoveLast_NotPublished_TheNextGetsItsTag()
    {
        Add(2);
        _pending.Add(Lanes.Receipts(1)[0]);
        _pending.RemoveLast();
        Add(1, from: 3);

        Assert.Equal([3], Settle(3));
        Assert.Equal([1, 2], Settle(2, isMultiple: true));
    }

    [Fact]
    public void MarkUnrouted_BeforeItsConfirm_IsInTheReceipt()
    {
        var receipts = Lanes.Receipts(3);
        foreach (var receipt in receipts)
            _pending.Add(receipt);

        _pending.MarkUnrouted(receipts[1].Publication.Entry.EventId);
        _pending.MarkUnrouted(Guid.NewGuid());

        var settled = new List<PublishReceipt>();
        _pending.Settle(3, isMultiple: true, settled);
        Assert.Equal([true, false, true], settled.Select(receipt => receipt.IsRouted));
    }

    [Fact]
    public void MarkUnrouted_SentTwice_MarksOneAfterTheOther()
    {
        var receipt = Lanes.Receipts(1)[0];
        _pending.Add(receipt);
        _pending.Add(receipt with { Attempt = 2 });

        _pending.MarkUnrouted(receipt.Publication.Entry.EventId);
        _pending.MarkUnrouted(receipt.Publication.Entry.EventId);

        var settled = new List<PublishReceipt>();
        _pending.Settle(2, isMultiple: true, settled);
        Assert.Equal([false, false], settled.Select(each => each.IsRouted));
    }

    private void Add(int count, int from = 1)
    {
        var lane = Lanes.Empty();
        for (var number = from; number < from + count; number++)
            _pending.Add(lane.Add(Lanes.Entry(number)).CurrentAttempt);
    }

    private List<long> Settle(ulong tag, bool isMultiple = false)
    {
        var settled = new List<PublishReceipt>();
        _pending.Settle(tag, isMultiple, settled);
        return [.. settled.Select(receipt => receipt.Publication.Entry.Id)];
    }
}
