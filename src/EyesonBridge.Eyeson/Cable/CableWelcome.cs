namespace EyesonBridge.Eyeson.Cable;

/// <summary>The server's <c>welcome</c>: the key was taken, and the room runs.</summary>
/// <param name="Sid">The session's id in the extended protocol; null in the plain one.</param>
/// <param name="Restored">True when the server brought a former session back. The subscription is sent nevertheless.</param>
public readonly record struct CableWelcome(string? Sid, bool Restored);
