namespace EyesonBridge.Simulator.Cable;

/// <summary>A socket's subscription to its room.</summary>
/// <param name="Socket">Where the events go.</param>
/// <param name="Identifier">What the observer called it.</param>
internal sealed record Subscription(CableSocket Socket, string Identifier);
