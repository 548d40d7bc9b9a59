using System.Globalization;
using System.Text.Json.Nodes;

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>Compares a message with what is expected of it, field by field.</summary>
/// <remarks>
/// What cannot be known beforehand stands as <c>(new)</c>, a UUID v7; <c>(now)</c>, a time during the test; <c>(stream)</c>, a
/// stream id; and <c>(observedAt)</c>, the same text as that member. Everything else has to be equal.
/// </remarks>
internal static class Expected
{
    public static void Equal(JsonObject expected, JsonObject actual, DateTimeOffset startedAt, DateTimeOffset endedAt)
    {
        var filled = expected.DeepClone().AsObject();
        Assert.Equal(filled.Select(member => member.Key).Order(StringComparer.Ordinal), actual.Select(member => member.Key).Order(StringComparer.Ordinal));
        foreach (var (name, value) in expected)
        {
            if (Placeholder(value) is not { } placeholder)
                continue;

            var text = (string)actual[name]!;
            if (placeholder is "(new)")
                Assert.Equal(7, Guid.Parse(text).Version);
            else if (placeholder is "(stream)")
                Assert.Matches("^[0-9a-f]{16}$", text);
            else if (placeholder is "(observedAt)")
                Assert.Equal((string?)actual["observedAt"], text);
            else
                Assert.InRange(DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture), startedAt, endedAt);
            filled[name] = text;
        }

        Assert.True(JsonNode.DeepEquals(filled, actual), $"Expected {filled.ToJsonString()}{Environment.NewLine}Actual   {actual.ToJsonString()}");
    }

    private static string? Placeholder(JsonNode? value) =>
        value is JsonValue text && text.TryGetValue<string>(out var placeholder) && placeholder is "(new)" or "(now)" or "(stream)" or "(observedAt)" ? placeholder : null;
}
