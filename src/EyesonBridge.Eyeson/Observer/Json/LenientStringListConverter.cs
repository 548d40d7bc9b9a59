using System.Text.Json;

namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>A list of strings where the position counts: what is no string becomes an empty one.</summary>
internal sealed class LenientStringListConverter : ReadOnlyConverter<IReadOnlyList<string>>
{
    public override IReadOnlyList<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            LeftOutNote.Add("Something else is where a list belongs.");
            reader.Skip();
            return null;
        }

        var list = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            list.Add(LenientStringConverter.Read(ref reader) ?? "");

        return list;
    }
}
