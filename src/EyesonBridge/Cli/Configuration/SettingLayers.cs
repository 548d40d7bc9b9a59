using EyesonBridge.Hosting;

namespace EyesonBridge.Cli.Configuration;

/// <summary>Settings by where they come from, as the bridge reads them; a later layer counts before an earlier one.</summary>
internal sealed class SettingLayers
{
    private const string FileName = "appsettings";
    private const string Production = "Production";

    private readonly string _folder;
    private readonly Dictionary<string, string> _variables = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<IReadOnlyList<SettingLayer>> _layers;
    private readonly Lazy<IConfiguration> _all;

    /// <param name="folder">Where <c>appsettings.json</c> is.</param>
    /// <param name="environment">The environment variables.</param>
    /// <param name="arguments">What was given as arguments, by the name of the setting.</param>
    public SettingLayers(string folder, IReadOnlyDictionary<string, string?> environment, IReadOnlyDictionary<string, string?> arguments)
    {
        _folder = folder;
        Environment = environment;
        Arguments = arguments;
        _layers = new(Read);
        _all = new(() => Build([.. _layers.Value.Select(static layer => layer.Add)]));
    }

    /// <summary>The environment variables.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; }

    /// <summary>What was given as arguments, by the name of the setting.</summary>
    public IReadOnlyDictionary<string, string?> Arguments { get; }

    /// <summary>The layers.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder of secrets; the message says what to do.</exception>
    /// <exception cref="InvalidDataException">A file is not JSON.</exception>
    public IReadOnlyList<SettingLayer> All => _layers.Value;

    /// <summary>All together, as they count.</summary>
    /// <inheritdoc cref="All" path="/exception"/>
    public IConfiguration Effective => _all.Value;

    /// <summary>Where a setting comes from; null for nowhere.</summary>
    public SettingLayer? OriginOf(string name) =>
        All.LastOrDefault(layer => layer.Names.Contains(name)) is { } layer && !IsTakenAway(layer.Values.GetSection(name)) ? layer : null;

    private List<SettingLayer> Read()
    {
        var layers = new List<SettingLayer>();
        var stage = Environment.GetValueOrDefault("DOTNET_ENVIRONMENT") ?? Environment.GetValueOrDefault("ASPNETCORE_ENVIRONMENT");
        foreach (var file in (string[])[$"{FileName}.json", $"{FileName}.{(string.IsNullOrEmpty(stage) ? Production : stage)}.json"])
            Add(SettingOrigin.Appsettings, _ => file, builder => builder.SetBasePath(_folder).AddJsonFile(file, optional: true));
        var variables = Variables();
        Add(SettingOrigin.Environment, setting => _variables[setting], builder => builder.AddInMemoryCollection(variables));
        if (Environment.GetValueOrDefault(SecretsDirectory.Variable) is { Length: > 0 } secrets)
            Add(SettingOrigin.File, setting => SecretsDirectory.FileOf(secrets, setting), builder => builder.AddSecretsDirectory(secrets));
        Add(SettingOrigin.Argument, OptionOf, builder => builder.AddInMemoryCollection(Arguments));
        return layers;

        void Add(SettingOrigin origin, Func<string, string> where, Action<IConfigurationBuilder> add) =>
            layers.Add(new SettingLayer(origin, where, Build(add), add));
    }

    /// <summary>Environment variables as settings.</summary>
    private Dictionary<string, string?> Variables()
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (variable, value) in Environment)
        {
            var setting = variable.Replace("__", ":", StringComparison.Ordinal);
            settings[setting] = value;
            _variables[setting] = variable;
        }

        return settings;
    }

    /// <summary>A layer takes away what others before it set: a key in a file that in the environment.</summary>
    private static bool IsTakenAway(IConfigurationSection setting) => setting.Value is null && !setting.GetChildren().Any();

    private static string OptionOf(string setting) =>
        GlobalOptions.Settings.First(pair => string.Equals(pair.Value, setting, StringComparison.OrdinalIgnoreCase)).Key;

    private static IConfigurationRoot Build(params ReadOnlySpan<Action<IConfigurationBuilder>> sources)
    {
        var builder = new ConfigurationBuilder();
        foreach (var add in sources)
            add(builder);
        return builder.Build();
    }
}
