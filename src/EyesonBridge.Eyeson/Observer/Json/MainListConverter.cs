using System.Text.Json;

namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>The list that an event is about: when nothing of it can be read, neither can the event.</summary>
internal sealed class MainListConverter<T> : ReadOnlyConverter<IReadOnlyList<T>>
    where T : class, new()
{
    public override IReadOnlyList<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ListEntries.Read<T>(ref reader, options) ?? throw new JsonException();
}
