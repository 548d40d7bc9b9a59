namespace EyesonBridge.Simulator.Control;

/// <summary>Body of <c>finish-recording</c>; null is the oldest that is stopped and not finished.</summary>
internal sealed record RecordingBody(string? Id = null);
