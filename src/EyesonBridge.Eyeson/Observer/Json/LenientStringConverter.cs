using System.Text;
using System.Text.Json;

namespace EyesonBridge.Eyeson.Observer.Json;

internal sealed class LenientStringConverter : ReadOnlyConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader);

    /// <summary>The text of any scalar; null for null, an object or a list.</summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return JsonText.Get(ref reader);
            case JsonTokenType.Number:
                return Encoding.UTF8.GetString(reader.ValueSpan);
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            case JsonTokenType.Null:
                return null;
            default:
                LeftOutNote.Add("An object or a list is where a simple value belongs.");
                reader.Skip();
                return null;
        }
    }
}
