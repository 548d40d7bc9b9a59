namespace EyesonBridge.Simulator.Rest;

/// <summary>What comes before each REST answer: counting, faults, the key.</summary>
internal sealed class RestGuard(EyesonSimulator simulator)
{
    public static bool Owns(string key, SimulatedRoom room) => string.Equals(key, room.ApiKey, StringComparison.Ordinal);

    public Task AnswerAsync(HttpContext context, Func<HttpRequest, string, IResult> answer)
    {
        simulator.Counters.Rest(context.Request.Path);
        return Decide(context.Request, answer).ExecuteAsync(context);
    }

    private IResult Decide(HttpRequest request, Func<HttpRequest, string, IResult> answer)
    {
        if ((Room(request)?.Faults.RestStatus ?? simulator.Faults.RestStatus) is { } status)
            return Results.StatusCode(status);

        var key = request.Headers.Authorization.ToString();
        return simulator.IsAccepted(key) ? answer(request, key) : Results.Unauthorized();
    }

    private SimulatedRoom? Room(HttpRequest request) => (request.RouteValues["room_id"], request.RouteValues["id"]) switch
    {
        (string roomId, _) => simulator.FindRoom(roomId),
        (_, string id) => simulator.Index.Find(id),
        _ => null,
    };
}
