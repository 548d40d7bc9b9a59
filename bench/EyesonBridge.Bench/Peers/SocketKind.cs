namespace EyesonBridge.Bench.Peers;

/// <summary>What observes.</summary>
internal enum SocketKind
{
    /// <summary>Our client for Eyeson, without the rest of the worker.</summary>
    CableClient,

    /// <summary>The package Websocket.Client.</summary>
    WebsocketClient,

    /// <summary>The framework's <c>ClientWebSocket</c>, and a loop that reads.</summary>
    ClientWebSocket,
}
