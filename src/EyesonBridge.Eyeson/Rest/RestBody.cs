using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>Reads the bodies of answers.</summary>
internal static class RestBody
{
    /// <summary>Reads the JSON; null when it is not what was expected, or not <paramref name="isWhole"/>.</summary>
    public static Func<byte[], T?> Reader<T>(JsonTypeInfo<T> typeInfo, Predicate<T>? isWhole = null)
        where T : class =>
        utf8 => Read(utf8, typeInfo) is { } value && isWhole?.Invoke(value) != false ? value : null;

    private static T? Read<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> typeInfo)
        where T : class
    {
        try
        {
            return Utf8.IsValid(utf8) ? JsonSerializer.Deserialize(utf8, typeInfo) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the second: half a surrogate pair in a name
        {
            return null;
        }
    }
}
