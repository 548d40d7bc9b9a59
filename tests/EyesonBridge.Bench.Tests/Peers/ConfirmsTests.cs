using EyesonBridge.Bench.Peers;

namespace EyesonBridge.Bench.Tests.Peers;

public sealed class ConfirmsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task EnterAsync_WindowIsFull_WaitsForAConfirm()
    {
        using var confirms = new Confirms(window: 2);
        await confirms.EnterAsync();
        await confirms.EnterAsync();
        var third = confirms.EnterAsync();
        Assert.False(third.IsCompleted);

        confirms.Take(2, multiple: false);
        await third.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task WhenNoneAsync_OneIsOpen_WaitsForIt()
    {
        using var confirms = new Confirms(window: 10);
        for (var i = 0; i < 4; i++)
            await confirms.EnterAsync();
        confirms.Take(4, multiple: false);
        confirms.Take(2, multiple: true);
        var none = confirms.WhenNoneAsync();
        Assert.False(none.IsCompleted);

        confirms.Take(3, multiple: true);
        await none.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Take_ConfirmTwice_FreesOnePlace()
    {
        using var confirms = new Confirms(window: 1);
        await confirms.EnterAsync();
        confirms.Take(1, multiple: false);
        confirms.Take(1, multiple: true);
        await confirms.EnterAsync().WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.False(confirms.EnterAsync().IsCompleted);
    }
}
