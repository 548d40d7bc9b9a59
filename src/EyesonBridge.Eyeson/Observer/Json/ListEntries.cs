using System.Text.Json;

namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>
/// The entries of a list of objects. One that is no object becomes an object without members: it is no part of what is
/// known, and the list does not look shorter than it was.
/// </summary>
internal static class ListEntries
{
    /// <summary>Reads a list; null when it is none, or when none of its entries can be read.</summary>
    public static List<T>? Read<T>(ref Utf8JsonReader reader, JsonSerializerOptions options)
        where T : class, new()
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            LeftOutNote.Add("Something else is where a list belongs.");
            reader.Skip();
            return null;
        }

        var list = new List<T>();
        var anyRead = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                list.Add(LenientObjectConverter<T>.ReadObject(ref reader, options)!);
                anyRead = true;
            }
            else
            {
                LeftOutNote.Add("An entry in a list is not an object.");
                reader.Skip();
                list.Add(new T());
            }
        }

        return anyRead || list.Count == 0 ? list : null;
    }
}
