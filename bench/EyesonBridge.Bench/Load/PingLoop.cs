namespace EyesonBridge.Bench.Load;

/// <summary>Pings each room every three seconds, a few of them at a time, as connections that came one after the other are pinged.</summary>
internal static class PingLoop
{
    private const int Slices = 100;

    public static async Task RunAsync(Subscriptions subscriptions)
    {
        using var tick = new PeriodicTimer(PingFrame.Interval / Slices);
        for (var slice = 0; await tick.WaitForNextTickAsync(); slice = (slice + 1) % Slices)
        {
            foreach (var room in subscriptions.All())
            {
                if (room.Number % Slices == slice)
                    room.Ping();
            }
        }
    }
}
