using System.Globalization;
using System.Text.Json;

namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>ISO 8601 text (UTC when it names no offset) or unix seconds; anything else is null.</summary>
internal sealed class LenientDateConverter : ReadOnlyConverter<DateTimeOffset?>
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
    private static readonly double LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueSpan is [.., (byte)'Z'] && reader.TryGetDateTimeOffset(out var usual))
            return usual; // as Eyeson writes it, and without a text for it

        var text = LenientStringConverter.Read(ref reader);
        var date = Parse(text);
        if (date is null && text is not (null or ""))
            LeftOutNote.Add("A time cannot be read, or is out of range.");
        return date;
    }

    private static DateTimeOffset? Parse(string? text)
    {
        if (LenientDoubleConverter.Parse(text) is { } seconds)
            return seconds >= 0 && seconds < LastSecond ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond)) : null;

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var date) ? date : null;
    }
}
