using System.Text.Json;

namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>Tells null from missing; what is neither null nor an object counts as missing.</summary>
internal sealed class OptionalConverter<T> : ReadOnlyConverter<Optional<T>>
    where T : class
{
    public override bool HandleNull => true;

    public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return new Optional<T>(null);

        return LenientObjectConverter<T>.ReadObject(ref reader, options) is { } value ? new Optional<T>(value) : default;
    }
}
