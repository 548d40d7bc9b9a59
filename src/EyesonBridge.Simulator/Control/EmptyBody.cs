namespace EyesonBridge.Simulator.Control;

/// <summary>Body of an action that needs nothing.</summary>
internal sealed record EmptyBody;
