namespace EyesonBridge.Eyeson.Cable;

/// <summary>A whole WebSocket message, or the news that the peer closed.</summary>
internal readonly record struct ReceivedFrame(ReadOnlyMemory<byte> Bytes, bool IsClose, bool IsCut);
