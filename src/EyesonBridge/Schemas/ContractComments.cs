using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EyesonBridge.Schemas;

/// <summary>What the XML documentation of the contracts says, as text for people who read JSON.</summary>
internal sealed partial class ContractComments
{
    private readonly FrozenDictionary<string, XElement> _members;

    private ContractComments(XDocument documentation) => _members = documentation.Descendants("member")
        .ToFrozenDictionary(member => (string)member.Attribute("name")!, StringComparer.Ordinal);

    /// <summary>The documentation that the compiler wrote when this program was built, which is inside it.</summary>
    public static ContractComments Load()
    {
        using var stream = typeof(ContractComments).Assembly.GetManifestResourceStream("EyesonBridge.Contracts.xml")!;
        return new ContractComments(XDocument.Load(stream, LoadOptions.PreserveWhitespace));
    }

    /// <summary>What a message, a record or an enum is; an enum with what each value means.</summary>
    public string Of(Type type)
    {
        var text = Summary($"T:{type.FullName}", type);
        return type.IsEnum
            ? $"{text} {string.Join(' ', type.GetEnumNames().Select(name => $"`{Wire(name)}`: {Summary($"F:{type.FullName}.{name}", type)}"))}"
            : text;
    }

    /// <summary>What a property means; where it is documented at an interface, that.</summary>
    public string Of(PropertyInfo property)
    {
        var declaring = property.DeclaringType!;
        var name = $"P:{declaring.FullName}.{property.Name}";
        if (_members.TryGetValue(name, out var member) && member.Element("inheritdoc") is not null)
            name = $"P:{declaring.GetInterfaces().First(type => type.GetProperty(property.Name) is not null).FullName}.{property.Name}";
        return Summary(name, declaring);
    }

    private string Summary(string member, Type within) => _members.TryGetValue(member, out var found) && found.Element("summary") is { } summary
        ? WhiteSpace().Replace(TextOf(summary, within), " ").Trim()
        : throw new InvalidOperationException($"The contracts do not document {member}.");

    private static string TextOf(XElement element, Type within)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(node switch
            {
                XText plain => plain.Value,
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement { Name.LocalName: "see" } see when (string?)see.Attribute("cref") is { } reference => $"`{NameOf(reference, within)}`",
                XElement other => TextOf(other, within),
                _ => "",
            });
        }

        return text.ToString();
    }

    /// <summary>A type by its name, a member by its name in JSON: after that of its type, unless it is one of the type that is described.</summary>
    private static string NameOf(string reference, Type within)
    {
        var parts = reference[2..].Split('.');
        if (reference[0] == 'T')
            return parts[^1];

        var isOwn = string.Equals(parts[^2], within.Name, StringComparison.Ordinal)
            || within.GetInterfaces().Any(type => string.Equals(parts[^2], type.Name, StringComparison.Ordinal));
        return isOwn ? Wire(parts[^1]) : $"{parts[^2]}.{Wire(parts[^1])}";
    }

    private static string Wire(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WhiteSpace();
}
