namespace EyesonBridge.Bench;

/// <summary>A measurement that did not come about; the text says why, to the one who runs it.</summary>
internal sealed class BenchException(string message) : Exception(message);
