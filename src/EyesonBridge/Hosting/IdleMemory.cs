namespace EyesonBridge.Hosting;

/// <summary>
/// Gives memory back when a burst of work is over. The collector works only while something is allocated, and rooms in which
/// nothing happens allocate nothing: what the start of a thousand rooms left would stay for hours.
/// </summary>
internal sealed class IdleMemory(TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var work = new QuietAfterWork();
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (work.Look(GC.GetTotalAllocatedBytes()))
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
