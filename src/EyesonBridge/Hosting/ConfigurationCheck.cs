using EyesonBridge.Accounts;
using EyesonBridge.Configuration;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Hosting;

/// <summary>Reads and checks all settings, and tells every mistake at once.</summary>
internal static class ConfigurationCheck
{
    /// <summary>What is wrong, each naming its setting; empty when all is well.</summary>
    public static IReadOnlyList<string> Problems(IConfiguration configuration)
    {
        var problems = new List<string>();
        Check(EyesonOptions.Section, new EyesonOptionsValidator());
        Check(ObserverOptions.Section, new ObserverOptionsValidator());
        Check(BusOptions.Section, new BusOptionsValidator());
        Check(StoreOptions.Section, new StoreOptionsValidator());
        Check(OutboxOptions.Section, new OutboxOptionsValidator());
        Check(ShutdownOptions.Section, new ShutdownOptionsValidator());
        Check(PermalinkOptions.Section, new PermalinkOptionsValidator());
        Check(DiscoveryOptions.Section, new DiscoveryOptionsValidator());
        problems.AddRange(DiscoveryOptionsValidator.UnknownAccounts(configuration));
        Check(WebhookOptions.Section, new WebhookOptionsValidator());
        Check(ManagementOptions.Section, new ManagementOptionsValidator());
        problems.AddRange(new TelemetrySettings(configuration).Problems());
        return problems;

        void Check<TOptions>(string section, IValidateOptions<TOptions> validator)
            where TOptions : class, new()
        {
            var readable = Readable(configuration.GetSection(section), typeof(TOptions), problems);
            problems.AddRange(validator.Validate(name: null, readable.Get<TOptions>() ?? new TOptions()).Failures ?? []);
        }
    }

    /// <summary>The section without the settings that are no value of their type; these are problems already.</summary>
    private static IConfigurationRoot Readable(IConfigurationSection section, Type options, List<string> problems)
    {
        var unreadable = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in options.GetProperties())
        {
            try
            {
                section.GetSection(setting.Name).Get(setting.PropertyType);
            }
            catch (InvalidOperationException error)
            {
                problems.Add(error.Message); // names the setting, and what it should be
                unreadable.Add(setting.Name);
            }
        }

        return new ConfigurationBuilder()
            .AddInMemoryCollection(section.AsEnumerable(makePathsRelative: true).Where(pair => !unreadable.Contains(pair.Key.Split(':')[0])))
            .Build();
    }
}
