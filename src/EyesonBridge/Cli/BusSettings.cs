using EyesonBridge.Configuration;
using EyesonBridge.Hosting;

namespace EyesonBridge.Cli;

/// <summary>The broker's settings for commands that need nothing else: file and environment, as the bridge reads them.</summary>
internal static class BusSettings
{
    /// <exception cref="ConfigurationException">They are wrong.</exception>
    /// <exception cref="CommandFailure">They name no broker that another process could be reached over.</exception>
    public static BusOptions Read()
    {
        var configuration = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables()
            .Build();

        BusOptions options;
        try
        {
            options = configuration.GetSection(BusOptions.Section).Get<BusOptions>() ?? new BusOptions();
        }
        catch (InvalidOperationException unreadable)
        {
            throw new ConfigurationException([unreadable.Message]);
        }

        if (new BusOptionsValidator().Validate(name: null, options) is { Failed: true, Failures: var failures })
            throw new ConfigurationException([.. failures!]);
        if (options.Transport == BusTransport.InMemory)
            throw new CommandFailure("Bus:Transport is InMemory: another process cannot be reached that way. Set it to RabbitMq.", ExitCodes.Usage);
        return options;
    }
}
