using System.Text.Json;

namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>The content of a message: text, or whatever JSON an application put there, as text.</summary>
internal sealed class ContentConverter : ReadOnlyConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return LenientStringConverter.Read(ref reader);

        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.GetRawText();
    }
}
