using EyesonBridge.Bus;
using EyesonBridge.Bus.Access;

namespace EyesonBridge.Cli.Doctor;

/// <summary>Whether the broker answers, and lets its user do what the bridge does.</summary>
internal static class BrokerCheck
{
    /// <exception cref="CommandFailure">It does not.</exception>
    public static async Task<string> RunAsync(CliBroker broker, CancellationToken cancellationToken)
    {
        if (broker.Options.Transport == BusTransport.InMemory)
            return "in memory: no other process receives events";

        await BrokerProbe.RequireAsync(broker, BrokerNeeds.OfBridge(broker.Options.ControlQueue), cancellationToken);
        return $"answers at {broker.Url.Authority}, and grants what the bridge needs";
    }
}
