using System.Globalization;
using System.Text.Json;

namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>A finite number, also as a string.</summary>
internal sealed class LenientDoubleConverter : ReadOnlyConverter<double?>
{
    public const string OutOfRange = "A number cannot be read, or is out of range.";

    public override double? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader);

    public static double? Read(ref Utf8JsonReader reader)
    {
        var text = LenientStringConverter.Read(ref reader);
        if (Parse(text) is { } value)
            return value;

        if (text is not (null or ""))
            LeftOutNote.Add(OutOfRange);
        return null;
    }

    public static double? Parse(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
