using System.Text;
using System.Text.RegularExpressions;

namespace EyesonBridge.Tests.Observation.Room;

/// <summary>Makes bodies that are nearly right: half of them are JSON of another shape, half are damaged bytes.</summary>
internal static partial class MutatedFrames
{
    private static readonly string[] Values =
    [
        "null", "true", "7", "-1", "\"x\"", "\"\"", "[]", "{}", "[null]", "[{}]", "1e999", "9223372036854775808", "\"\\ud83d\"",
        "{\"\\ud83d\":1}", "\"2023-99-99T00:00:00Z\"",
    ];

    private static readonly string[] Tokens = ["null", "[]", "{", "\"", "\\ud83d", new string('[', 100), "\0", ",", ":", "\"type\":"];

    public static byte[] Mutate(byte[] sample, Random random)
    {
        var text = Encoding.UTF8.GetString(sample);
        for (var times = random.Next(1, 4); times > 0; times--)
            text = ReplaceValue(text, random);
        if (random.Next(2) == 0)
            return Encoding.UTF8.GetBytes(text);

        var body = Encoding.UTF8.GetBytes(text).ToList();
        Damage(body, random);
        return [.. body];
    }

    private static string ReplaceValue(string text, Random random)
    {
        var values = AnyValue().Matches(text);
        if (values.Count == 0)
            return text;

        var value = values[random.Next(values.Count)];
        return string.Concat(text.AsSpan(0, value.Index), Values[random.Next(Values.Length)], text.AsSpan(value.Index + value.Length));
    }

    private static void Damage(List<byte> body, Random random)
    {
        var at = random.Next(body.Count);
        switch (random.Next(5))
        {
            case 0:
                body[at] = (byte)random.Next(256);
                break;
            case 1:
                body.RemoveRange(at, Math.Min(random.Next(1, 20), body.Count - at));
                break;
            case 2:
                body.InsertRange(at, body.GetRange(at, Math.Min(random.Next(1, 40), body.Count - at)));
                break;
            case 3:
                body.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                break;
            default:
                body.RemoveRange(at, body.Count - at);
                break;
        }
    }

    /// <summary>A value of an object or a list, that is none of both itself.</summary>
    [GeneratedRegex("""("[^"]*"|-?[0-9.]+|true|false|null)(?=\s*[,}\]])""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex AnyValue();
}
