using EyesonBridge.Bus;
using EyesonBridge.Bus.Access;
using EyesonBridge.Tls;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.Cli.Doctor;

/// <summary>Whether the broker answers, and lets its user do what the bridge does.</summary>
internal static class BrokerCheck
{
    /// <exception cref="CommandFailure">It does not.</exception>
    public static async Task<string> RunAsync(BusOptions options, CancellationToken cancellationToken)
    {
        if (options.Transport == BusTransport.InMemory)
            return "in memory: no other process receives events";

        var trust = new ServerTrust("the broker", "Bus:CaFile", options.CaFile, NullLogger.Instance);
        await BrokerProbe.RequireAsync(options, trust, BrokerNeeds.OfBridge(options.ControlQueue), cancellationToken);
        return $"answers at {new Uri(options.Url).Authority}, and grants what the bridge needs";
    }
}
