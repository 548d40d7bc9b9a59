using System.Text.Json;

namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>A whole number, also as a string; fractions are rounded, what does not fit is null.</summary>
internal sealed class LenientInt32Converter : ReadOnlyConverter<int?>
{
    public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (LenientDoubleConverter.Read(ref reader) is not { } value)
            return null;

        var rounded = Math.Round(value, MidpointRounding.AwayFromZero);
        if (rounded is >= int.MinValue and <= int.MaxValue)
            return (int)rounded;

        LeftOutNote.Add(LenientDoubleConverter.OutOfRange);
        return null;
    }
}
