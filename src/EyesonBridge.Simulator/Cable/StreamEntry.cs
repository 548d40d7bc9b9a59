namespace EyesonBridge.Simulator.Cable;

/// <summary>An event in a stream.</summary>
internal sealed record StreamEntry(long Offset, DateTimeOffset At, byte[] Body);
