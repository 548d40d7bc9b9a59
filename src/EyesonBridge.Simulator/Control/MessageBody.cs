namespace EyesonBridge.Simulator.Control;

/// <summary>Body of <c>chat</c> and <c>custom</c>.</summary>
internal sealed record MessageBody(string Content, string UserId);
