using EyesonBridge.Bus;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Cli.Doctor;

/// <summary>Whether a bridge reads the control queue, and answers.</summary>
internal static class BridgeCheck
{
    /// <exception cref="CommandFailure">One reads it and does not answer, or the broker cannot be asked.</exception>
    public static async Task<string> RunAsync(BusOptions options, CancellationToken cancellationToken)
    {
        if (options.Transport == BusTransport.InMemory)
            return "cannot be asked: its bus is in memory";

        var readers = await ControlQueue.CountReadersAsync(options, cancellationToken);
        if (readers is null)
            return $"has never run here: there is no queue '{options.ControlQueue}'";
        if (readers == 0)
            return $"is not running: nobody reads the queue '{options.ControlQueue}'";

        await using var bridge = await ControlClient.ConnectAsync(cancellationToken);
        var rooms = await bridge.RequestAsync<GetObservations, Observations>(new GetObservations { Limit = 1 }, cancellationToken);
        return $"answers; it knows {rooms.Total} rooms";
    }
}
