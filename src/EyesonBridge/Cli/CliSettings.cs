using System.CommandLine;
using EyesonBridge.Bus;
using EyesonBridge.Cli.Configuration;
using EyesonBridge.Hosting;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Cli;

/// <summary>The settings of a command: file and environment, as the bridge reads them, and its arguments above.</summary>
internal sealed class CliSettings(SettingLayers layers, TimeSpan? timeout)
{
    /// <summary>How long broker and bridge have for an answer when nothing was said.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an answer may take; null when nothing was said.</summary>
    public TimeSpan? Timeout => timeout;

    /// <summary>Where they come from.</summary>
    public SettingLayers Layers => layers;

    /// <summary>Those of a command.</summary>
    public static CliSettings Of(ParseResult parsed, CommandHost host)
    {
        var arguments = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (option, setting) in GlobalOptions.Settings)
        {
            if (GlobalOptions.TextOf(parsed, option) is { } value)
                arguments[setting] = value;
        }

        return new CliSettings(new SettingLayers(AppContext.BaseDirectory, host.Environment, arguments), GlobalOptions.TimeoutOf(parsed));
    }

    /// <summary>All of them.</summary>
    /// <exception cref="ConfigurationException">They cannot be read.</exception>
    public IConfiguration Load() => UnreadableSettings.Told(() => layers.Effective);

    /// <summary>A section.</summary>
    /// <exception cref="ConfigurationException">The section is wrong.</exception>
    public TOptions Read<TOptions>(string section, IValidateOptions<TOptions> validator)
        where TOptions : class, new()
    {
        TOptions options;
        try
        {
            options = Load().GetSection(section).Get<TOptions>() ?? new TOptions();
        }
        catch (InvalidOperationException unreadable)
        {
            throw new ConfigurationException([SettingProblem.Describe(unreadable, typeof(TOptions))]);
        }

        return validator.Validate(name: null, options) is { Failed: true, Failures: var failures }
            ? throw new ConfigurationException([.. failures!.Select(AsGiven)])
            : options;
    }

    /// <summary>The broker, for commands that reach another process over it.</summary>
    /// <exception cref="ConfigurationException">Its settings are wrong.</exception>
    /// <exception cref="CommandFailure">They name no broker that another process could be reached over.</exception>
    public CliBroker ReadBroker()
    {
        var options = Read(BusOptions.Section, new BusOptionsValidator());
        if (options.Transport == BusTransport.InMemory)
            throw new CommandFailure("Bus:Transport is InMemory, which cannot reach another process. Set it to RabbitMq.", ExitCodes.Usage);
        return BrokerOf(options);
    }

    /// <summary>The broker of these settings.</summary>
    public CliBroker BrokerOf(BusOptions options) => new(options, timeout ?? Patience);

    /// <summary>A problem, with the name of the argument where the setting was given as one.</summary>
    private string AsGiven(string problem)
    {
        foreach (var (option, setting) in GlobalOptions.Settings)
        {
            if (layers.Arguments.ContainsKey(setting) && problem.StartsWith($"{setting} ", StringComparison.Ordinal))
                return string.Concat(option, problem.AsSpan(setting.Length));
        }

        return problem;
    }
}
