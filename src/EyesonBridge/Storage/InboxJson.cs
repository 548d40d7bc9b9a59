using System.Text.Json.Serialization;

namespace EyesonBridge.Storage;

/// <summary>Generated code for the JSON of notices.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PermalinkNotice))]
internal sealed partial class InboxJson : JsonSerializerContext;
