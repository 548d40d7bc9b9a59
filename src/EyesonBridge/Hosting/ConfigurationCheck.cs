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
        Check(ManagementOptions.Section, new ManagementOptionsValidator());
        return problems;

        void Check<TOptions>(string section, IValidateOptions<TOptions> validator)
            where TOptions : class, new()
        {
            try
            {
                var options = configuration.GetSection(section).Get<TOptions>() ?? new TOptions();
                problems.AddRange(validator.Validate(name: null, options).Failures ?? []);
            }
            catch (InvalidOperationException unreadable)
            {
                problems.Add(unreadable.Message); // names the setting, and what it should be
            }
        }
    }
}
