namespace EyesonBridge.Simulator.Control;

/// <summary>The simulator's own HTTP interface, below <c>/simulator</c>. It needs no key.</summary>
internal static class ControlEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, EyesonSimulator simulator)
    {
        Handle("GET", "/simulator", _ => Done(ControlViews.Simulator(simulator)));
        Handle("PATCH", "/simulator/faults", request => SetFaultsAsync(request, simulator.Faults));
        Handle("DELETE", "/simulator/faults", _ => ResetFaults(simulator.Faults));
        Handle("POST", "/simulator/drop", async request =>
            new { dropped = simulator.Drop((await ControlBody.ReadAsync<DropBody>(request)).By) });
        Handle("POST", "/simulator/disconnect", async request =>
        {
            var body = await ControlBody.ReadAsync<DisconnectBody>(request);
            return new { disconnected = simulator.Disconnect(body.Reason, body.Reconnect) };
        });

        Handle("POST", "/simulator/forget", _ =>
        {
            simulator.Forget();
            return Done(ControlViews.Simulator(simulator));
        });

        Handle("GET", "/simulator/rooms", _ => Done(simulator.Rooms.Select(ControlViews.Room)));
        Handle("POST", "/simulator/rooms", async request =>
        {
            var body = await ControlBody.ReadAsync<CreateRoomBody>(request);
            return ControlViews.Room(simulator.CreateRoom(body.Id, body.Name, body.StartedAt, body.ApiKey));
        });
        HandleRoom("GET", "", static (room, _) => Done(ControlViews.Room(room)));
        HandleRoom("GET", "/sent", static (room, _) => Done(room.Sent.Select(ControlViews.Sent)));
        HandleRoom("PATCH", "/faults", static (room, request) => SetFaultsAsync(request, room.Faults));
        HandleRoom("DELETE", "/faults", static (room, _) => ResetFaults(room.Faults));

        var actions = new RoomActions(simulator);
        HandleRoom("POST", "/{action}", (room, request) => actions.RunAsync(room, (string)request.RouteValues["action"]!, request));

        PermalinkControl.Map(Handle, simulator);

        void HandleRoom(string method, string path, Func<SimulatedRoom, HttpRequest, Task<object>> answer) =>
            Handle(method, "/simulator/rooms/{room_id}" + path, request =>
            {
                var id = (string)request.RouteValues["room_id"]!;
                var room = simulator.FindRoom(id) ?? throw new KeyNotFoundException($"There is no room '{id}'.");
                return answer(room, request);
            });

        void Handle(string method, string path, Func<HttpRequest, Task<object>> answer) =>
            routes.MapMethods(path, [method], (RequestDelegate)(context => ControlBody.AnswerAsync(context, answer)));
    }

    private static Task<object> Done(object answer) => Task.FromResult(answer);

    private static async Task<object> SetFaultsAsync(HttpRequest request, SimulatorFaults faults)
    {
        var body = await ControlBody.ReadAsync<FaultsBody>(request);
        body.ApplyTo(faults);
        return faults;
    }

    private static Task<object> ResetFaults(SimulatorFaults faults)
    {
        faults.Reset();
        return Done(faults);
    }

    /// <summary>Body of <c>POST /simulator/rooms</c>.</summary>
    private sealed record CreateRoomBody(string Id, string? Name = null, DateTimeOffset? StartedAt = null, string? ApiKey = null);
}
