using System.Text.Json;

namespace EyesonBridge.Simulator.Rest;

/// <summary>The fields of a body, whichever way they come: a form (of either kind) or JSON. Nested ones are named <c>user[name]</c>.</summary>
internal sealed class RestBody
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    /// <summary>The field; null when it is missing or empty.</summary>
    public string? this[string name] => _fields.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <summary>Null when the body cannot be read.</summary>
    public static async Task<RestBody?> ReadAsync(HttpRequest request)
    {
        var body = new RestBody();
        try
        {
            if (request.HasFormContentType)
            {
                foreach (var (name, values) in await request.ReadFormAsync(request.HttpContext.RequestAborted))
                    body._fields[name] = values.ToString();
            }
            else if (request.ContentType is not null || request.ContentLength > 0)
            {
                using var json = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
                body.Add("", json.RootElement);
            }

            return body;
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or IOException)
        {
            return null;
        }
    }

    private void Add(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
                Add(name.Length == 0 ? member.Name : $"{name}[{member.Name}]", member.Value);
        }
        else if (value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Array))
        {
            _fields[name] = value.ToString();
        }
    }
}
