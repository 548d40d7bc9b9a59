using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace EyesonBridge.Cli.Configuration.Reference;

/// <summary>A setting as its documentation has it.</summary>
/// <param name="Name">Its name, such as <c>Bus:Url</c>; with <c>NAME</c> for the name of an account.</param>
/// <param name="Property">The property of the options that it is read into.</param>
/// <param name="Default">What counts without it; null for nothing.</param>
internal sealed record SettingEntry(string Name, PropertyInfo Property, object? Default)
{
    /// <summary>The section that it is in.</summary>
    public string Section => Name[..Name.IndexOf(':', StringComparison.Ordinal)];

    /// <summary>The environment variable for it.</summary>
    public string Environment => Name.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>What it is read as.</summary>
    public Type Type => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    /// <summary>What it may be at least and at most; null when everything of its type goes.</summary>
    public RangeAttribute? Range => Property.GetCustomAttribute<RangeAttribute>();

    /// <summary>True for a list, whose entries are settings with a number.</summary>
    public bool IsList => typeof(IEnumerable<string>).IsAssignableFrom(Type);
}
