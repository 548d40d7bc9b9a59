using System.Text.Json;

namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>The list that an answer of REST is: when it is no list of objects, the answer cannot be read.</summary>
internal sealed class StrictListConverter<T> : ReadOnlyConverter<IReadOnlyList<T>>
    where T : class
{
    public override IReadOnlyList<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException();

        var list = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            list.Add(LenientObjectConverter<T>.ReadObject(ref reader, options) ?? throw new JsonException());

        return list;
    }
}
