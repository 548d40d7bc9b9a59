namespace EyesonBridge.Simulator.Control;

/// <summary>Body of <c>ready</c>.</summary>
internal sealed record ReadyBody(bool Ready = true);
