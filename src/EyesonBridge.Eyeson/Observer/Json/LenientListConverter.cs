using System.Text.Json;

namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>
/// A list inside another object; when it is no list of objects it counts as missing, as a whole. A half-read list would
/// look as if what is missing had ended.
/// </summary>
internal sealed class LenientListConverter<T> : ReadOnlyConverter<IReadOnlyList<T>>
    where T : class
{
    public override IReadOnlyList<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        var list = new List<T>();
        var whole = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (LenientObjectConverter<T>.ReadObject(ref reader, options) is { } element)
                list.Add(element);
            else
                whole = false;
        }

        return whole ? list : null;
    }
}
