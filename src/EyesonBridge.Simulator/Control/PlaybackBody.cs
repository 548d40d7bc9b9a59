namespace EyesonBridge.Simulator.Control;

/// <summary>Body of <c>stop-playback</c>.</summary>
internal sealed record PlaybackBody(string PlayId);
