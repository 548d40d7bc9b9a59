namespace EyesonBridge.Simulator.Control;

/// <summary>Body of an action by a user; null is the first who is there.</summary>
internal sealed record UserBody(string? UserId = null);
