using System.Text.Json;

namespace EyesonBridge.Storage;

/// <summary>The names of an enum's values, as columns have them: in camelCase.</summary>
internal static class EnumNames<T>
    where T : struct, Enum
{
    private static readonly string[] Names = [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)];
    private static readonly T[] Values = Enum.GetValues<T>();

    public static string Of(T value) => Names[Array.IndexOf(Values, value)];

    /// <summary>Null for a name that this version does not know.</summary>
    public static T? Find(string name) => Array.IndexOf(Names, name) is >= 0 and var index ? Values[index] : null;
}
