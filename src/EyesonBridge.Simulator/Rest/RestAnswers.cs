using EyesonBridge.Simulator.Wire;

namespace EyesonBridge.Simulator.Rest;

/// <summary>Answers in Eyeson's JSON.</summary>
internal static class RestAnswers
{
    public static IResult Json<T>(T value) => Results.Bytes(WireJson.Bytes(value), "application/json; charset=utf-8");

    public static IResult Created<T>(T value) => new CreatedJson(WireJson.Bytes(value));

    public static IResult Invalid(string error) => Results.Json(new { error }, statusCode: StatusCodes.Status422UnprocessableEntity);

    public static string Value(HttpRequest request, string name) => (string?)request.RouteValues[name] ?? "";
}
