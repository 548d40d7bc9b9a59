using System.Text.Json;
using System.Text.Json.Serialization;

namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>A member that is an object, or null when the wire holds anything else.</summary>
internal sealed class LenientObjectConverter<T> : ReadOnlyConverter<T>
    where T : class
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ReadObject(ref reader, options);

    public static T? ReadObject(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
            return ((JsonConverter<T>)options.GetTypeInfo(typeof(T)).Converter).Read(ref reader, typeof(T), options);

        if (reader.TokenType != JsonTokenType.Null)
            LeftOutNote.Add("Something else is where an object belongs.");
        reader.Skip();
        return null;
    }
}
