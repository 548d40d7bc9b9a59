using System.Globalization;
using EyesonBridge.Simulator.Wire;
using static EyesonBridge.Simulator.Rest.RestAnswers;

namespace EyesonBridge.Simulator.Rest;

/// <summary>Permalinks: with the key they are managed by id, with a token alone they are used; and guests.</summary>
internal static class PermalinkEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, EyesonSimulator simulator, RestGuard guard)
    {
        var clock = simulator.Options.TimeProvider;

        Keyed("GET", "/permalink", (request, key) => Task.FromResult(List(request.Query, key)));
        Keyed("POST", "/permalink", CreateAsync);
        Keyed("PUT", "/permalink/{id}", UpdateAsync);
        Keyed("DELETE", "/permalink/{id}", (request, key) => Task.FromResult(
            Owned(request, key) is { } permalink && simulator.DeletePermalink(permalink.Id) ? Results.Ok() : Results.NotFound()));
        Keyed("POST", "/permalink/{id}/users", AddUserAsync);
        Keyed("DELETE", "/permalink/{id}/users/{user_token}", (request, key) => Task.FromResult(
            Owned(request, key)?.RemoveUser(Value(request, "user_token")) == true ? Results.Ok() : Results.NotFound()));

        // The same path with a key and an id, or with a token alone.
        routes.MapGet("/permalink/{id}", (RequestDelegate)GetAsync);
        Open("/permalink/{id}", request => Task.FromResult(Start(Value(request, "id"))));
        Open("/guests/{guest_token}", JoinAsync);

        void Keyed(string method, string path, Func<HttpRequest, string, Task<IResult>> answer) =>
            routes.MapMethods(path, [method], (RequestDelegate)(context => guard.AnswerAsync(context, answer)));

        void Open(string path, Func<HttpRequest, Task<IResult>> answer) =>
            routes.MapPost(path, (RequestDelegate)(context => guard.AnswerOpenAsync(context, answer)));

        Task GetAsync(HttpContext context) => context.Request.Headers.Authorization.Count > 0
            ? guard.AnswerAsync(context, (request, key) => Show(Owned(request, key)))
            : guard.AnswerOpenAsync(context, request => Task.FromResult(Show(ByToken(Value(request, "id")))));

        static IResult Show(SimulatedPermalink? permalink) =>
            permalink is null ? Results.NotFound() : Json(WirePermalinkMeeting.Of(permalink));

        SimulatedPermalink? Owned(HttpRequest request, string key) =>
            simulator.FindPermalink(Value(request, "id")) is { } permalink
            && Same(permalink.Id, Value(request, "id"))
            && Owns(permalink, key) ? permalink : null;

        SimulatedPermalink? ByToken(string token) =>
            simulator.FindPermalink(token) is { } permalink && !Same(permalink.Id, token) ? permalink : null;

        IResult List(IQueryCollection query, string key)
        {
            if (!TryNumber(query["page"], 1, out var page) || !TryNumber(query["limit"], 25, out var limit))
                return Results.BadRequest();

            var expired = query["expired"].ToString();
            var all = simulator.Permalinks
                .Where(permalink => Owns(permalink, key) && (expired.Length == 0 || permalink.IsExpired == (expired is "true")))
                .ToList();
            var items = all.Skip((page - 1) * limit).Take(limit).Select(static permalink => WirePermalinkMeeting.Of(permalink));
            return Json(new { items, page, limit, total = all.Count });
        }

        async Task<IResult> CreateAsync(HttpRequest request, string key)
        {
            if (await RestBody.ReadAsync(request) is not { } body || !TryEnd(body, out var end))
                return Results.BadRequest();
            if (User(body) is not { } host)
                return Invalid("user name is missing");

            var permalink = simulator.CreatePermalink(body["name"], end, host, apiKey: key);
            return Created(WirePermalinkMeeting.Of(permalink, permalink.UserToken));
        }

        async Task<IResult> UpdateAsync(HttpRequest request, string key)
        {
            if (Owned(request, key) is not { } permalink)
                return Results.NotFound();
            if (await RestBody.ReadAsync(request) is not { } body || !TryEnd(body, out var end))
                return Results.BadRequest();

            permalink.Name = body["name"] ?? permalink.Name;
            permalink.ExpiresAt = end ?? permalink.ExpiresAt;
            return Show(permalink);
        }

        async Task<IResult> AddUserAsync(HttpRequest request, string key)
        {
            if (Owned(request, key) is not { } permalink)
                return Results.NotFound();
            if (await RestBody.ReadAsync(request) is not { } body)
                return Results.BadRequest();

            return User(body) is { } user
                ? Created(WirePermalinkMeeting.Of(permalink, permalink.AddUser(user)))
                : Invalid("user name is missing");
        }

        IResult Start(string userToken)
        {
            if (simulator.FindPermalink(userToken) is not { } permalink || permalink.FindUser(userToken) is not { } host)
                return Results.NotFound();

            return permalink.IsExpired
                ? Results.StatusCode(StatusCodes.Status410Gone)
                : Created(WireMeetingAccess.To(permalink.Start(), host, clock.GetUtcNow()));
        }

        async Task<IResult> JoinAsync(HttpRequest request)
        {
            var (known, room) = ByGuestToken(Value(request, "guest_token"));
            if (!known)
                return Results.NotFound();
            if (await RestBody.ReadAsync(request) is not { } body)
                return Results.BadRequest();
            if (body["name"] is not { } name)
                return Invalid("name is missing");
            if (room is null)
                return Results.StatusCode(StatusCodes.Status410Gone);

            var guest = new SimulatedUser(body["id"] ?? SimulatedRoom.NewId(), name, body["avatar"], Guest: true);
            return room.Locked
                ? Results.StatusCode(StatusCodes.Status423Locked)
                : Created(WireMeetingAccess.To(room, guest, clock.GetUtcNow()));
        }

        // The meeting is null when it does not run, or its permalink has expired.
        (bool Known, SimulatedRoom? Room) ByGuestToken(string token)
        {
            if (simulator.FindPermalink(token) is { } permalink && Same(permalink.GuestToken, token))
                return (true, permalink.IsExpired ? null : permalink.Room);

            var meetings = simulator.Rooms.Where(room => !room.IsOfPermalink && Same(room.GuestToken, token)).ToList();
            return (meetings.Count > 0, meetings.Find(static room => !room.Ended));
        }
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);

    private static bool Owns(SimulatedPermalink permalink, string key) => Same(permalink.ApiKey, key);

    private static SimulatedUser? User(RestBody body) => body["user[name]"] is { } name
        ? new SimulatedUser(body["user[id]"] ?? SimulatedRoom.NewId(), name, body["user[avatar]"])
        : null;

    private static bool TryEnd(RestBody body, out DateTimeOffset? end)
    {
        end = null;
        if (body["expires_at"] is not { } text)
            return true;

        var read = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed);
        end = read ? parsed : null;
        return read;
    }

    private static bool TryNumber(string? text, int otherwise, out int number)
    {
        number = otherwise;
        return string.IsNullOrEmpty(text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0);
    }
}
