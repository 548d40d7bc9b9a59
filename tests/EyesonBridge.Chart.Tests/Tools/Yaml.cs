using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EyesonBridge.Chart.Tests.Tools;

/// <summary>Reads YAML into the nodes of JSON, which are easier to ask.</summary>
internal static class Yaml
{
    /// <summary>All documents that hold something.</summary>
    public static IReadOnlyList<JsonObject> Documents(string text)
    {
        var stream = new YamlStream();
        stream.Load(new MergingParser(new Parser(new StringReader(text)))); // "<<" is resolved
        return [.. stream.Documents.Select(document => Node(document.RootNode)).OfType<JsonObject>()];
    }

    /// <summary>The file's only document.</summary>
    public static JsonObject File(string path) => Assert.Single(Documents(System.IO.File.ReadAllText(path)));

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(child =>
            KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, Node(child.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Node)]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Plain(plain.Value),
        YamlScalarNode text => JsonValue.Create(text.Value),
        _ => throw new InvalidOperationException($"{node.GetType().Name} is not expected here."),
    };

    private static JsonValue? Plain(string? text) => text switch
    {
        null or "" or "~" or "null" => null,
        "true" => JsonValue.Create(value: true),
        "false" => JsonValue.Create(value: false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}
