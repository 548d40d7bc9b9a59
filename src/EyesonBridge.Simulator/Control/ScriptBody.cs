namespace EyesonBridge.Simulator.Control;

/// <summary>Body of <c>script</c>.</summary>
internal sealed record ScriptBody(double Speed = 1, int WaitForObservers = 0, bool LateRecording = false);
