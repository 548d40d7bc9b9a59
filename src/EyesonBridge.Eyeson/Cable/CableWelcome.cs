namespace EyesonBridge.Eyeson.Cable;

/// <summary>The server's <c>welcome</c>: the key was accepted, and the room is running.</summary>
/// <param name="Sid">The session's id in the extended protocol; null in the plain one.</param>
/// <param name="Restored">True when the server restored a former session. The subscription is sent anyway.</param>
public readonly record struct CableWelcome(string? Sid, bool Restored);
