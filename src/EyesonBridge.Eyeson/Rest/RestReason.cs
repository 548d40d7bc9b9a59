using System.Text.Json;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>
/// What an answer says is wrong. Eyeson does not document how; the usual ways are understood: <c>error</c> or
/// <c>message</c> with a text, <c>errors</c> with a list, or with lists by name.
/// </summary>
internal static class RestReason
{
    private const int MaxBody = 64 * 1024;
    private const int MaxLength = 200;

    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 8 };

    /// <summary>One line; null when there is none.</summary>
    public static async Task<string?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            await content.LoadIntoBufferAsync(MaxBody, cancellationToken);
            using var document = JsonDocument.Parse(await content.ReadAsByteArrayAsync(cancellationToken), Shallow);
            return Line(Find(document.RootElement));
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or IOException or InvalidOperationException)
        {
            return null; // the status says enough
        }
    }

    private static string? Find(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return null;

        foreach (var name in (ReadOnlySpan<string>)["error", "message", "errors"])
        {
            if (body.TryGetProperty(name, out var value) && Text(value) is { Length: > 0 } text)
                return text;
        }

        return null;
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text).OfType<string>()),
        JsonValueKind.Object => string.Join(
            ", ", value.EnumerateObject().Select(static member => Text(member.Value) is { } text ? $"{member.Name} {text}" : null).OfType<string>()),
        _ => null,
    };

    private static string? Line(string? text)
    {
        if (text is null)
            return null;

        var line = string.Concat(text.Select(static character => char.IsControl(character) ? ' ' : character)).Trim();
        return line.Length <= MaxLength ? line : $"{line[..MaxLength]}…";
    }
}
