using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections.Features;

namespace EyesonBridge.Simulator.Cable;

/// <summary><c>GET /rt?room_id=ID</c>: the observer's handshake.</summary>
internal sealed class CableEndpoint(EyesonSimulator simulator)
{
    private const string V1 = "actioncable-v1-json";
    private const string Extended = "actioncable-v1-ext-json";

    public async Task HandleAsync(HttpContext context)
    {
        var roomId = context.Request.Query["room_id"].ToString();
        var room = simulator.FindRoom(roomId);
        if ((room?.Faults.RefuseUpgradeWith ?? simulator.Faults.RefuseUpgradeWith) is { } status)
        {
            simulator.Counters.Refused();
            context.Response.StatusCode = status;
            return;
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var offered = context.WebSockets.WebSocketRequestedProtocols;
        var authorized = room is { Ended: false } && simulator.IsAccepted(room.ApiKey)
            && string.Equals(Key(context.Request, offered), room.ApiKey, StringComparison.Ordinal);

        // A server that knows none of the protocols answers without one.
        var protocol = offered.FirstOrDefault(name => name is V1 || (name is Extended && simulator.Options.Extended));
        using var webSocket = await context.WebSockets.AcceptWebSocketAsync(
            new WebSocketAcceptContext { SubProtocol = protocol, KeepAliveInterval = TimeSpan.Zero });

        simulator.Counters.Opened();
        try
        {
            if (!authorized || !await TryObserveAsync(context, webSocket, room!, protocol is Extended))
                await RefuseAsync(webSocket, context.RequestAborted);
        }
        finally
        {
            simulator.Counters.Closed();
        }
    }

    /// <summary>False when the meeting ended just now.</summary>
    private async Task<bool> TryObserveAsync(HttpContext context, WebSocket webSocket, SimulatedRoom room, bool extended)
    {
        var transport = context.Features.Get<IConnectionSocketFeature>()?.Socket;
        var restorable = extended ? Restorable(context.Request, room) : null;
        var session = extended ? simulator.Sessions.Begin(room) : null;
        using var socket = new CableSocket(webSocket, transport, room, simulator, session);
        if (!room.TryAttach(socket))
            return false;

        simulator.Counters.Accepted();
        await using var aborted = context.RequestAborted.UnsafeRegister(static state => ((CableSocket)state!).End(), socket);
        await new CableConversation(webSocket, socket, room, simulator, restorable).RunAsync();
        return true;
    }

    private CableSessionState? Restorable(HttpRequest request, SimulatedRoom room) =>
        room.Faults.ForgetSessions || simulator.Faults.ForgetSessions
            ? null
            : simulator.Sessions.Find(request.Query["sid"].ToString(), room);

    /// <summary>The upgrade succeeds and the refusal comes as a message: with a wrong key and with an unknown room alike.</summary>
    private async Task RefuseAsync(WebSocket webSocket, CancellationToken aborted)
    {
        simulator.Counters.Unauthorized();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        patience.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            var frame = CableFrames.Disconnect("unauthorized", reconnect: false);
            await webSocket.SendAsync(frame.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
            await webSocket.CloseAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, patience.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            webSocket.Abort();
        }
    }

    /// <summary>The key from the header, the query, or the one subprotocol that is none.</summary>
    private static string? Key(HttpRequest request, IList<string> offered)
    {
        if (request.Headers.Authorization.ToString() is { Length: > 0 } header)
            return header;
        if (request.Query["api_key"].ToString() is { Length: > 0 } query)
            return query;
        return offered.FirstOrDefault(static name => !name.StartsWith("actioncable-", StringComparison.Ordinal));
    }
}
