namespace EyesonBridge.Simulator.Control;

/// <summary>Body of <c>POST /simulator/rooms</c>.</summary>
internal sealed record CreateRoomBody(string Id, string? Name = null, DateTimeOffset? StartedAt = null, string? ApiKey = null);
