using EyesonBridge.Hosting;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Cli;

/// <summary>A section of the settings for a command: file and environment, as the bridge reads them.</summary>
internal static class CliSettings
{
    /// <summary>Where all settings are.</summary>
    public static IConfigurationRoot Load() => new ConfigurationBuilder()
        .SetBasePath(AppContext.BaseDirectory)
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables()
        .AddSecretsDirectory()
        .Build();

    /// <exception cref="ConfigurationException">The section is wrong.</exception>
    public static TOptions Read<TOptions>(string section, IValidateOptions<TOptions> validator)
        where TOptions : class, new()
    {
        TOptions options;
        try
        {
            options = Load().GetSection(section).Get<TOptions>() ?? new TOptions();
        }
        catch (Exception unreadable) when (unreadable is InvalidOperationException or DirectoryNotFoundException)
        {
            throw new ConfigurationException([SettingProblem.Describe(unreadable, typeof(TOptions))]);
        }

        return validator.Validate(name: null, options) is { Failed: true, Failures: var failures }
            ? throw new ConfigurationException([.. failures!])
            : options;
    }
}
