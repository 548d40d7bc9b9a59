namespace EyesonBridge.Cli.Configuration;

/// <summary>Settings of one origin.</summary>
/// <param name="Origin">Where they come from.</param>
/// <param name="Where">Where one of them is, by its name: a file, a variable, an option.</param>
/// <param name="Values">The settings.</param>
/// <param name="Add">Adds them to others; an empty value counts too, which it would not if one were built on the other.</param>
internal sealed record SettingLayer(SettingOrigin Origin, Func<string, string> Where, IConfiguration Values, Action<IConfigurationBuilder> Add)
{
    private readonly Lazy<HashSet<string>> _names = new(() =>
        Values.AsEnumerable().Select(static setting => setting.Key).ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>The names of all settings, and of the sections that they are in.</summary>
    public IReadOnlySet<string> Names => _names.Value;
}
