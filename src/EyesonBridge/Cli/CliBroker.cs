using EyesonBridge.Bus;
using EyesonBridge.Tls;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.Cli;

/// <summary>The broker, as a command sees it.</summary>
internal sealed class CliBroker(BusOptions options, TimeSpan within)
{
    /// <summary>Its settings.</summary>
    public BusOptions Options => options;

    /// <summary>How long it, and the bridge behind it, have for an answer.</summary>
    public TimeSpan Within => within;

    /// <summary>Its address.</summary>
    public Uri Url { get; } = new(options.Url);

    /// <summary>The check of its certificate.</summary>
    public ServerTrust Trust { get; } = new("the broker", "Bus:CaFile", options.CaFile, NullLogger.Instance);
}
