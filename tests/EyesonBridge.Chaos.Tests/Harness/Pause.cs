namespace EyesonBridge.Chaos.Tests.Harness;

/// <summary>
/// Lets time pass where time itself is the fault (a broker that is away for 8 s) or the load (so many messages a
/// second). What a test waits for is never waited for like this.
/// </summary>
internal static class Pause
{
    public static async Task PassAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(time, TimeProvider.System);
        await timer.WaitForNextTickAsync(cancellationToken);
    }

    /// <summary>Looks again and again until it is so.</summary>
    public static async Task UntilAsync(Func<bool> isSo, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (!isSo())
            await timer.WaitForNextTickAsync(cancellationToken);
    }
}
