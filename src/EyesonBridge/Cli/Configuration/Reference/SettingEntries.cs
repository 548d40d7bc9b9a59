using System.Collections;
using System.Reflection;
using EyesonBridge.Hosting;

namespace EyesonBridge.Cli.Configuration.Reference;

/// <summary>The settings that the options have.</summary>
internal static class SettingEntries
{
    /// <summary>Stands for the name of an entry of a dictionary, such as an account.</summary>
    public const string AnyName = "NAME";

    /// <summary>All of them, by section, in the order of the options.</summary>
    public static IReadOnlyList<SettingEntry> All { get; } =
    [
        .. BridgeOptions.Sections
            .GroupBy(static section => section.Name, StringComparer.Ordinal)
            .SelectMany(static section => section.SelectMany(static options => Of(options.Name, options.OptionsType))),
    ];

    private static IEnumerable<SettingEntry> Of(string path, Type options)
    {
        var defaults = Activator.CreateInstance(options)!;
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = $"{path}:{property.Name}";
            if (!typeof(IDictionary).IsAssignableFrom(property.PropertyType))
            {
                yield return new SettingEntry(name, property, property.GetValue(defaults));
                continue;
            }

            foreach (var entry in Of($"{name}:{AnyName}", property.PropertyType.GetGenericArguments()[1]))
                yield return entry;
        }
    }
}
