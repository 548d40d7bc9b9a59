using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EyesonBridge.Simulator.Control;

/// <summary>Reads and writes the bodies of the control interface: JSON whatever the content type says, so that <c>curl -d</c> is enough.</summary>
internal static class ControlBody
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The body; an empty one is an empty object.</summary>
    /// <exception cref="JsonException">It is not what was expected.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        var text = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        return JsonSerializer.Deserialize<T>(text.IsEmpty ? "{}"u8 : text, Json) ?? throw new JsonException("The body is null.");
    }

    /// <summary>Answers with what the handler returns; what was asked wrongly becomes 400, 404 or 409 with one line.</summary>
    public static async Task AnswerAsync(HttpContext context, Func<HttpRequest, Task<object>> answer)
    {
        try
        {
            await WriteAsync(context, StatusCodes.Status200OK, await answer(context.Request));
        }
        catch (KeyNotFoundException e)
        {
            await WriteAsync(context, StatusCodes.Status404NotFound, new { error = e.Message });
        }
        catch (InvalidOperationException e)
        {
            await WriteAsync(context, StatusCodes.Status409Conflict, new { error = e.Message });
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, new { error = e.Message });
        }
    }

    private static async Task WriteAsync(HttpContext context, int status, object answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(context.Response.Body, answer, Json, context.RequestAborted);
        await context.Response.Body.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
    }
}
