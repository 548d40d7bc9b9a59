using System.Globalization;
using System.Text.Json;

namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>A finite number, also as a string.</summary>
internal sealed class LenientDoubleConverter : ReadOnlyConverter<double?>
{
    public override double? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(LenientStringConverter.Read(ref reader));

    public static double? Parse(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
