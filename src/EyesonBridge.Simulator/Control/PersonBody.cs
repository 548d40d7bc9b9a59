namespace EyesonBridge.Simulator.Control;

/// <summary>Body of an action that needs to know who.</summary>
internal sealed record PersonBody(string UserId);
