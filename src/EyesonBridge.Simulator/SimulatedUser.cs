namespace EyesonBridge.Simulator;

/// <summary>Somebody who can join a simulated meeting.</summary>
/// <param name="Id">The user id, often an e-mail address.</param>
/// <param name="Name">The name that is shown.</param>
/// <param name="Avatar">Address of a picture, or null.</param>
/// <param name="Guest">True when the user came with the room's guest token.</param>
public sealed record SimulatedUser(string Id, string Name, string? Avatar = null, bool Guest = false);
