using EyesonBridge.Bus;

namespace EyesonBridge.Tests.Bus;

public sealed class DeliveryOrderTests
{
    private readonly DeliveryOrder _order = new();

    [Fact(Timeout = 60_000)]
    public async Task WhenNextAsync_ALaterDeliveryFirst_WaitsForThoseBefore()
    {
        var third = _order.WhenNextAsync(3);
        var second = _order.WhenNextAsync(2);
        Assert.True(_order.WhenNextAsync(1).IsCompleted);
        Assert.False(second.IsCompleted);

        _order.Pass(1);
        await second;
        Assert.False(third.IsCompleted);
        _order.Pass(2);
        await third;
    }

    [Fact(Timeout = 60_000)]
    public async Task Pass_OutOfTurn_LetsNobodyPassThoseBefore()
    {
        var fourth = _order.WhenNextAsync(4);

        _order.Pass(3); // no command: it does not wait
        _order.Pass(2);
        Assert.False(fourth.IsCompleted);
        _order.Pass(1);
        _order.Pass(1);
        await fourth;
    }

    [Fact(Timeout = 60_000)]
    public async Task GiveUpBefore_DeliveriesThatDoNotCome_AreNotWaitedFor()
    {
        var third = _order.WhenNextAsync(3);
        var fifth = _order.WhenNextAsync(5);
        _order.Pass(4);

        _order.GiveUpBefore(3);
        await third;
        Assert.False(fifth.IsCompleted);
        _order.Pass(3);
        await fifth;
        Assert.True(_order.WhenNextAsync(1).IsCompleted); // came after all
    }
}
