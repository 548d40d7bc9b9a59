using EyesonBridge.Simulator.Wire;
using static EyesonBridge.Simulator.Rest.RestAnswers;

namespace EyesonBridge.Simulator.Rest;

/// <summary>Eyeson's REST: rooms and what belongs to them, and by calling others all the rest.</summary>
internal static class RestEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, EyesonSimulator simulator)
    {
        var guard = new RestGuard(simulator);

        Get("/rooms", (request, key) => Json(simulator.Rooms
            .Where(room => !room.Ended && RestGuard.Owns(key, room) && !room.Faults.TakeMissingFromList())
            .Select(static room => room.Described)));

        Get("/rooms/{room_id}/users", (request, key) =>
            simulator.FindRoom(Value(request, "room_id")) is { Ended: false } room && RestGuard.Owns(key, room)
                ? Json(room.ListUsers(string.Equals(request.Query["online"], "true", StringComparison.OrdinalIgnoreCase)))
                : Results.NotFound());

        Get("/rooms/{room_id}/recordings", (request, key) => List(
            request,
            key,
            static room => room.ListRecordings(),
            static recording => DateTimeOffset.FromUnixTimeSeconds(recording.CreatedAt)));

        Get("/rooms/{room_id}/snapshots", (request, key) => List(
            request,
            key,
            static room => room.ListSnapshots(),
            static snapshot => WireJson.Time(snapshot.CreatedAt)));

        Get("/recordings/{id}", (request, key) => One(
            request, key, static (room, id) => room.ListRecordings().FirstOrDefault(recording => Same(recording.Id, id))));

        Get("/snapshots/{id}", (request, key) => One(
            request, key, static (room, id) => room.ListSnapshots().FirstOrDefault(snapshot => Same(snapshot.Id, id))));

        routes.MapDelete("/rooms/{room_id}", (RequestDelegate)(context => guard.AnswerAsync(context, (request, key) =>
        {
            if (simulator.FindRoom(Value(request, "room_id")) is not { Ended: false } room || !RestGuard.Owns(key, room))
                return Results.NotFound();

            room.Shutdown();
            return Results.NoContent();
        })));
        PermalinkEndpoints.Map(routes, simulator, guard);
        WebhookEndpoints.Map(routes, simulator, guard);

        void Get(string path, Func<HttpRequest, string, IResult> answer) =>
            routes.MapGet(path, (RequestDelegate)(context => guard.AnswerAsync(context, answer)));

        IResult List<T>(
            HttpRequest request, string key, Func<SimulatedRoom, IReadOnlyList<T>> items, Func<T, DateTimeOffset> createdAt)
        {
            if (RestQuery.Read(request.Query) is not { } query)
                return Results.BadRequest();

            var meetings = simulator.MeetingsOf(Value(request, "room_id")).Where(room => RestGuard.Owns(key, room)).ToList();
            return meetings.Count == 0
                ? Results.NotFound()
                : Json(query.Page(meetings.Where(query.Includes).SelectMany(items), createdAt));
        }

        IResult One<T>(HttpRequest request, string key, Func<SimulatedRoom, string, T?> find)
            where T : class
        {
            var id = Value(request, "id");
            return simulator.Index.Find(id) is { } room && RestGuard.Owns(key, room) && find(room, id) is { } found
                ? Json(found)
                : Results.NotFound();
        }
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}
