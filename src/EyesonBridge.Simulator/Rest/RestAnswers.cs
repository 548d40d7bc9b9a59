using EyesonBridge.Simulator.Wire;

namespace EyesonBridge.Simulator.Rest;

/// <summary>Answers in Eyeson's JSON.</summary>
internal static class RestAnswers
{
    public static IResult Json<T>(T value) => Results.Bytes(WireJson.Bytes(value), "application/json; charset=utf-8");

    public static IResult Created<T>(T value) => new CreatedJson(WireJson.Bytes(value));

    public static IResult Invalid(string error) => Results.Json(new { error }, statusCode: StatusCodes.Status422UnprocessableEntity);

    public static string Value(HttpRequest request, string name) => (string?)request.RouteValues[name] ?? "";

    /// <summary>201 with JSON.</summary>
    private sealed class CreatedJson(byte[] body) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status201Created;
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            return httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
        }
    }
}
