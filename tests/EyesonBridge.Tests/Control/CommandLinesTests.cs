using EyesonBridge.Control;

namespace EyesonBridge.Tests.Control;

public sealed class CommandLinesTests
{
    private readonly CommandLines _lines = new();

    [Fact(Timeout = 60_000)]
    public async Task Turn_OfALine_ComesInItsOrder()
    {
        var first = _lines.Enter("a");
        var second = _lines.Enter("a");
        var third = _lines.Enter("a");

        Assert.Equal((true, false, false), (first.Turn.IsCompleted, second.Turn.IsCompleted, third.Turn.IsCompleted));
        first.Dispose();
        await second.Turn;
        Assert.False(third.Turn.IsCompleted);
        second.Dispose();
        await third.Turn;
    }

    [Fact]
    public void Turn_OfAnotherLine_IsNow()
    {
        _lines.Enter("a");

        Assert.True(_lines.Enter("b").Turn.IsCompleted);
    }

    [Fact(Timeout = 60_000)]
    public async Task Turn_WhenOneInTheMiddleLeavesEarly_IsStillAfterTheFirst()
    {
        var first = _lines.Enter("a");
        var second = _lines.Enter("a");
        var third = _lines.Enter("a");

        second.Dispose();
        Assert.False(third.Turn.IsCompleted);
        first.Dispose();
        await third.Turn;
    }

    [Fact]
    public void Line_ThatIsEmpty_IsForgotten()
    {
        var first = _lines.Enter("a");
        var second = _lines.Enter("a");
        first.Dispose();
        second.Dispose();

        Assert.Equal(0, _lines.Count);
        Assert.True(_lines.Enter("a").Turn.IsCompleted);
    }
}
