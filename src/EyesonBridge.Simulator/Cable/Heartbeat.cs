namespace EyesonBridge.Simulator.Cable;

/// <summary>One timer pings all sockets, as Rails does it.</summary>
internal static class Heartbeat
{
    public static async Task RunAsync(EyesonSimulator simulator, CancellationToken cancellationToken)
    {
        var clock = simulator.Options.TimeProvider;
        using var timer = new PeriodicTimer(simulator.Options.PingInterval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (simulator.Faults.MutePings)
                    continue;

                var ping = CableFrames.Ping(clock.GetUtcNow());
                foreach (var (socket, room) in simulator.Sockets)
                {
                    if (!room.Faults.MutePings)
                        socket.Send(ping);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The simulator stops.
        }
    }
}
