using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EyesonBridge.Eyeson.Observer.Json;

/// <summary>
/// Reads strings that <see cref="Utf8JsonReader.GetString"/> refuses: JavaScript cuts emoji in half and escapes what is
/// left (<c>"\ud83d"</c>). One name like that must not cost a whole room_update; the half becomes U+FFFD.
/// </summary>
internal static class JsonText
{
    public static string Get(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Repair(reader.HasValueSequence ? [] : reader.ValueSpan);
        }
    }

    private static string Repair(ReadOnlySpan<byte> escaped)
    {
        var text = Encoding.UTF8.GetString(escaped);
        var unescaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                unescaped.Append(text[i]);
                continue;
            }

            i++;
            if (text[i] == 'u')
            {
                unescaped.Append((char)ushort.Parse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                unescaped.Append(text[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var other => other });
            }
        }

        var whole = new StringBuilder(unescaped.Length);
        foreach (var rune in unescaped.ToString().EnumerateRunes())
            whole.Append(rune.ToString());
        return whole.ToString();
    }
}
