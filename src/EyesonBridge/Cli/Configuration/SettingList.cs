using System.Collections;
using System.Reflection;
using EyesonBridge.Cli.Configuration.Reference;
using EyesonBridge.Hosting;

namespace EyesonBridge.Cli.Configuration;

/// <summary>Every setting that the bridge has, and those that somebody meant to set, with their values and where these come from.</summary>
internal static class SettingList
{
    private const string Logging = "Logging";
    private const string Telemetry = "OTEL_";

    /// <summary>The settings, by section.</summary>
    public static IReadOnlyList<Setting> Of(SettingLayers layers)
    {
        var list = new List<Setting>();
        foreach (var section in BridgeOptions.Sections.GroupBy(static section => section.Name, StringComparer.Ordinal))
        {
            var defaults = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            foreach (var options in section)
                AddProperties(layers, options.Name, options.OptionsType, defaults);
            var known = defaults.Select(setting => Describe(layers, setting.Key, setting.Value, isKnown: true)).ToList();
            list.AddRange(known);
            list.AddRange(Leaves(layers, section.Key).Where(name => !IsPartOf(name, defaults.Keys)).Select(name => Describe(layers, name, null, isKnown: false)));
        }

        list.AddRange(Leaves(layers, Logging).Select(name => Describe(layers, name, null, isKnown: true)));
        list.AddRange(layers.Environment.Keys
            .Where(static variable => variable.StartsWith(Telemetry, StringComparison.OrdinalIgnoreCase) || string.Equals(variable, SecretsDirectory.Variable, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(variable => Describe(layers, variable, null, isKnown: true)));
        return list;
    }

    /// <summary>The settings that options have, with their defaults.</summary>
    private static void AddProperties(SettingLayers layers, string path, Type options, Dictionary<string, string?> defaults)
    {
        var instance = Activator.CreateInstance(options);
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = $"{path}:{property.Name}";
            var children = layers.Effective.GetSection(name).GetChildren().Select(static child => child.Key).ToList();
            if (property.GetValue(instance) is IDictionary entries)
            {
                var entry = entries.GetType().GetGenericArguments()[1];
                foreach (var child in children)
                    AddProperties(layers, $"{name}:{child}", entry, defaults);
            }
            else if (property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType) && children.Count > 0)
            {
                foreach (var child in children)
                    defaults[$"{name}:{child}"] = null;
            }
            else
            {
                defaults[name] = SettingForm.Text(property.GetValue(instance));
            }
        }
    }

    private static Setting Describe(SettingLayers layers, string name, string? ifNowhere, bool isKnown)
    {
        var layer = layers.OriginOf(name);
        var value = layer is null ? ifNowhere : layer.Values[name] ?? ifNowhere;
        var (shown, isSecret) = isKnown ? SettingMask.Of(name, value) : SettingMask.OfUnknown(value);
        return new Setting(
            name,
            name.Replace(":", "__", StringComparison.Ordinal),
            shown,
            isSecret,
            (layer?.Origin ?? SettingOrigin.Default).ToString().ToLowerInvariant(),
            layer?.Where(name),
            isKnown);
    }

    /// <summary>The names in a section that have a value.</summary>
    private static IEnumerable<string> Leaves(SettingLayers layers, string section) =>
        layers.Effective.GetSection(section).AsEnumerable()
            .Where(setting => !string.IsNullOrEmpty(setting.Value))
            .Select(static setting => setting.Key)
            .Order(StringComparer.OrdinalIgnoreCase);

    private static bool IsPartOf(string name, IEnumerable<string> known) =>
        known.Any(setting => string.Equals(setting, name, StringComparison.OrdinalIgnoreCase));
}
