namespace EyesonBridge.Simulator.Control;

/// <summary>Body of <c>start-broadcast</c> and <c>stop-broadcast</c>.</summary>
internal sealed record BroadcastBody(string Platform = "generic", string PlayerUrl = "", string? UserId = null);
