namespace EyesonBridge.Simulator.Control;

/// <summary>Body of <c>disconnect</c>.</summary>
internal sealed record DisconnectBody(string Reason = "server_restart", bool Reconnect = true);
