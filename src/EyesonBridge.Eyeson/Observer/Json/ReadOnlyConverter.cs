using System.Text.Json;
using System.Text.Json.Serialization;

namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>The wire records are read, never written.</summary>
internal abstract class ReadOnlyConverter<T> : JsonConverter<T>
{
    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Observer events are only read.");
}
