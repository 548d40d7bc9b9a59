using EyesonBridge.Bus;
using EyesonBridge.Hosting;

namespace EyesonBridge.Cli;

/// <summary>The broker's settings for commands that need nothing else: file and environment, as the bridge reads them.</summary>
internal static class BusSettings
{
    /// <exception cref="ConfigurationException">They are wrong.</exception>
    /// <exception cref="CommandFailure">They name no broker that another process could be reached over.</exception>
    public static BusOptions Read()
    {
        var options = CliSettings.Read(BusOptions.Section, new BusOptionsValidator());
        if (options.Transport == BusTransport.InMemory)
            throw new CommandFailure("Bus:Transport is InMemory, which cannot reach another process. Set it to RabbitMq.", ExitCodes.Usage);
        return options;
    }
}
