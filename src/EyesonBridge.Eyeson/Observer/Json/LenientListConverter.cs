using System.Text.Json;

namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>A list inside another object; when nothing of it can be read, it counts as missing.</summary>
internal sealed class LenientListConverter<T> : ReadOnlyConverter<IReadOnlyList<T>>
    where T : class, new()
{
    public override IReadOnlyList<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ListEntries.Read<T>(ref reader, options);
}
