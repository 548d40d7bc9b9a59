using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit.Serialization;

namespace EyesonBridge.Contracts.Tests;

/// <summary>JSON as MassTransit writes and reads it, and the golden files.</summary>
internal static class WireJson
{
    internal static readonly JsonSerializerOptions Options =
        new(SystemTextJsonMessageSerializer.Options) { WriteIndented = false };

    internal static string Write(object message) => JsonSerializer.Serialize(message, message.GetType(), Options);

    internal static object Read(string json, Type type) => JsonSerializer.Deserialize(json, type, Options)!;

    /// <summary>The golden JSON of a type without its indentation; the order of its properties stays.</summary>
    internal static string Golden(string name) => GoldenNode(name).ToJsonString(Options);

    internal static JsonNode GoldenNode(string name) => JsonNode.Parse(File.ReadAllText(GoldenPath(name)))!;

    internal static string GoldenPath(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", name + ".json");
}
