using EyesonBridge.Observation.Room;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Observation.Room;

public sealed class ReadingDelayTests
{
    [Fact]
    public void Since_FramesThatWaited_IsWhenItBeganUntilAllIsReadAgain()
    {
        var time = new ManualTimeProvider();
        var delay = new ReadingDelay(time);
        using (delay.Begin())
            time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(delay.Since); // a slow disk now and then is no delay
        var begun = time.GetUtcNow();
        using (delay.Begin())
            time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(begun, delay.Since);
        time.Advance(TimeSpan.FromSeconds(1));
        using (delay.Begin())
            time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(begun, delay.Since); // the same one goes on
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Null(delay.Since);
    }
}
