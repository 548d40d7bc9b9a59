using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EyesonBridge.Hosting;

namespace EyesonBridge.Cli.Configuration.Reference;

/// <summary>
/// What the options say of themselves, as Markdown: their XML documentation, which lies beside the assemblies where the program
/// was built.
/// </summary>
internal sealed partial class SettingComments
{
    private readonly Dictionary<Assembly, XDocument> _documentation = [];

    /// <summary>What a setting means, without its default, which is told beside it.</summary>
    /// <exception cref="FileNotFoundException">There is no documentation: the program runs elsewhere than where it was built.</exception>
    public string Of(SettingEntry setting)
    {
        var declaring = setting.Property.DeclaringType!;
        var text = WithoutDefault($"P:{declaring.FullName}.{setting.Property.Name}", declaring);
        return setting.Type.IsEnum
            ? $"{text} {string.Join(' ', setting.Type.GetEnumNames().Select(name => $"`{name}`: {WithoutDefault($"F:{setting.Type.FullName}.{name}", setting.Type)}"))}"
            : text;
    }

    /// <summary>What a section is about.</summary>
    /// <inheritdoc cref="Of(SettingEntry)" path="/exception"/>
    public string OfSection(string section) => string.Join(' ', BridgeOptions.Sections
        .Where(options => string.Equals(options.Name, section, StringComparison.Ordinal))
        .Select(options => InSection().Replace(Summary($"T:{options.OptionsType.FullName}", options.OptionsType), ".")));

    private string WithoutDefault(string member, Type within) =>
        WhiteSpace().Replace(Default().Replace(Reference().Replace(Summary(member, within), ""), ""), " ").Trim();

    private string Summary(string member, Type within)
    {
        var summary = Documentation(within.Assembly).Descendants("member").FirstOrDefault(found => string.Equals((string?)found.Attribute("name"), member, StringComparison.Ordinal))?.Element("summary")
            ?? throw new InvalidOperationException($"{member} has no summary, which is to be its documentation.");
        return WhiteSpace().Replace(TextOf(summary, within), " ").Trim();
    }

    private XDocument Documentation(Assembly assembly)
    {
        if (!_documentation.TryGetValue(assembly, out var found))
            _documentation[assembly] = found = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"), LoadOptions.PreserveWhitespace);
        return found;
    }

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

    /// <summary>A property of the same options by the name of its setting, anything else by its own.</summary>
    private static string NameOf(string reference, Type within)
    {
        var name = reference[(reference.LastIndexOf('.') + 1)..];
        return within.GetProperty(name) is not null && BridgeOptions.Sections.FirstOrDefault(section => section.OptionsType == within) is { } section
            ? $"{section.Name}:{name}"
            : name;
    }

    [GeneratedRegex(@"(?<=^|\. |; )(Default (`[^`]*`|\.\d|[^.`])*\.|The default\b[^.]*\.)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Default();

    /// <summary>What only somebody who reads the code can follow.</summary>
    [GeneratedRegex(@" \(see `[^`]+`\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"[;,]? (in the )?section `[^`]+`(, beside what observers do with them)?\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InSection();

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WhiteSpace();
}
