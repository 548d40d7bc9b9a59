using System.Text.Json;

namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>true and false, also as 1 and 0 and as strings.</summary>
internal sealed class LenientBooleanConverter : ReadOnlyConverter<bool?>
{
    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        LenientStringConverter.Read(ref reader) switch
        {
            "1" => true,
            "0" => false,
            null or "" => null,
            var text => bool.TryParse(text, out var value) ? value : Unreadable(),
        };

    private static bool? Unreadable()
    {
        LeftOutNote.Add("A value is neither true nor false.");
        return null;
    }
}
