namespace EyesonBridge.Simulator.Control;

/// <summary>Body of <c>expire</c>; null is a second ago.</summary>
internal sealed record ExpireBody(DateTimeOffset? At = null);
