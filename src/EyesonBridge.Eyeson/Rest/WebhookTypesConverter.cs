using System.Text.Json;
using EyesonBridge.Eyeson.Observer.Json;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>A list of types, also as the text with commas that registering wants.</summary>
internal sealed class WebhookTypesConverter : ReadOnlyConverter<IReadOnlyList<string>>
{
    public override IReadOnlyList<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            return new LenientStringListConverter().Read(ref reader, typeToConvert, options);

        return LenientStringConverter.Read(ref reader)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
