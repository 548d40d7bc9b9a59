namespace EyesonBridge.Eyeson.Cable;

/// <summary>A place in a stream of the extended protocol.</summary>
/// <param name="Epoch">Names the stream's life; offsets of different epochs cannot be compared.</param>
/// <param name="Offset">The number of the last message seen.</param>
public readonly record struct CablePosition(string Epoch, long Offset);
