using System.Text.Json.Serialization;

namespace EyesonBridge.Storage;

/// <summary>Generated code for the JSON in columns.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class StorageJson : JsonSerializerContext;
