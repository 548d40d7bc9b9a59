using EyesonBridge.Tls;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Bus;

/// <summary>The check of the broker's certificate.</summary>
internal sealed class BrokerTrust(IOptions<BusOptions> options, ILogger<BrokerTrust> logger)
{
    public ServerTrust Server { get; } = new("the broker", "Bus:CaFile", options.Value.CaFile, logger);
}
