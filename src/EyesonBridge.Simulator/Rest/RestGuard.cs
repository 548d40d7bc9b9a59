namespace EyesonBridge.Simulator.Rest;

/// <summary>What comes before each REST answer: counting, faults, the key.</summary>
internal sealed class RestGuard(EyesonSimulator simulator)
{
    public static bool Owns(string key, SimulatedRoom room) => string.Equals(key, room.ApiKey, StringComparison.Ordinal);

    /// <summary>Answers with a key.</summary>
    public Task AnswerAsync(HttpContext context, Func<HttpRequest, string, IResult> answer) =>
        AnswerAsync(context, (request, key) => Task.FromResult(answer(request, key)));

    /// <inheritdoc cref="AnswerAsync(HttpContext, Func{HttpRequest, string, IResult})"/>
    public Task AnswerAsync(HttpContext context, Func<HttpRequest, string, Task<IResult>> answer) =>
        AnswerOpenAsync(context, request =>
        {
            var key = request.Headers.Authorization.ToString();
            return simulator.IsAccepted(key) ? answer(request, key) : Task.FromResult(Results.Unauthorized());
        });

    /// <summary>Answers without a key.</summary>
    public async Task AnswerOpenAsync(HttpContext context, Func<HttpRequest, Task<IResult>> answer)
    {
        simulator.Counters.Rest(context.Request.Path);
        var faults = Room(context.Request)?.Faults;
        var held = faults?.HoldRest ?? simulator.Faults.HoldRest;
        var result = (faults?.RestStatus ?? simulator.Faults.RestStatus) is { } status
            ? Results.StatusCode(status)
            : await answer(context.Request);
        if (held is not null)
            await held.WaitAsync(context.RequestAborted);
        await result.ExecuteAsync(context);
    }

    private SimulatedRoom? Room(HttpRequest request) => (request.RouteValues["room_id"], request.RouteValues["id"]) switch
    {
        (string roomId, _) => simulator.FindRoom(roomId),
        (_, string id) => simulator.Index.Find(id) ?? simulator.FindPermalink(id)?.Room,
        _ => null,
    };
}
