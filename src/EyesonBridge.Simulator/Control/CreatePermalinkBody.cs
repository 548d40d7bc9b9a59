namespace EyesonBridge.Simulator.Control;

/// <summary>Body of <c>POST /simulator/permalinks</c>.</summary>
internal sealed record CreatePermalinkBody(
    string? Name = null, DateTimeOffset? ExpiresAt = null, SimulatedUser? Host = null, string? RoomId = null, string? ApiKey = null);
