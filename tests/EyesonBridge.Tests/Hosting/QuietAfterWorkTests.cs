using EyesonBridge.Hosting;

namespace EyesonBridge.Tests.Hosting;

/// <summary>A pause for the collector comes only when nothing waits for it, and only when it pays.</summary>
public sealed class QuietAfterWorkTests
{
    private readonly QuietAfterWork _work = new();

    [Fact]
    public void Look_WhileThereIsWork_IsNotQuiet()
    {
        for (var look = 1L; look <= 100; look++)
            Assert.False(_work.Look(look * QuietAfterWork.Quiet));
    }

    [Fact]
    public void Look_QuietAfterMuchWork_IsTrueOnce()
    {
        Assert.False(_work.Look(QuietAfterWork.Worth));

        Assert.True(_work.Look(QuietAfterWork.Worth + 1));
        Assert.False(_work.Look(QuietAfterWork.Worth + 2));
    }

    [Fact]
    public void Look_QuietAfterLittleWork_IsNotWorthIt()
    {
        Assert.False(_work.Look(QuietAfterWork.Worth - 2));

        Assert.False(_work.Look(QuietAfterWork.Worth - 1));
        Assert.True(_work.Look(QuietAfterWork.Worth)); // little by little it has become enough
    }
}
