namespace EyesonBridge.Simulator.Cable;

/// <summary>A place in a stream.</summary>
/// <param name="Epoch">The life of the server that counted; offsets of another epoch mean nothing.</param>
/// <param name="Offset">1, 2, 3 … within the epoch.</param>
internal sealed record StreamPosition(string Epoch, long Offset);
