using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Hosting;

/// <inheritdoc/>
internal sealed class OptionsSection<TOptions, TValidator>(string name) : IOptionsSection
    where TOptions : class, new()
    where TValidator : class, IValidateOptions<TOptions>, new()
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public Type OptionsType => typeof(TOptions);

    /// <inheritdoc/>
    public void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TOptions>().Bind(configuration.GetSection(name)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>());
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Problems(IConfiguration configuration)
    {
        var problems = new List<string>();
        var readable = Readable(configuration.GetSection(name), problems);
        problems.AddRange(new TValidator().Validate(name: null, readable.Get<TOptions>() ?? new TOptions()).Failures ?? []);
        return problems;
    }

    /// <summary>The section without settings that are not valid for their type; those are already reported as problems.</summary>
    private static IConfigurationRoot Readable(IConfigurationSection section, List<string> problems)
    {
        var unreadable = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in typeof(TOptions).GetProperties())
        {
            try
            {
                section.GetSection(setting.Name).Get(setting.PropertyType);
            }
            catch (InvalidOperationException error)
            {
                problems.Add(SettingProblem.Describe(error, typeof(TOptions)));
                unreadable.Add(setting.Name);
            }
        }

        return new ConfigurationBuilder()
            .AddInMemoryCollection(section.AsEnumerable(makePathsRelative: true).Where(pair => !unreadable.Contains(pair.Key.Split(':')[0])))
            .Build();
    }
}
