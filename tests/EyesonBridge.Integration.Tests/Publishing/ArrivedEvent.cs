namespace EyesonBridge.Integration.Tests.Publishing;

/// <summary>An event as it came out of a queue.</summary>
/// <param name="RoomId">Its room, which is the routing key too.</param>
/// <param name="Sequence">Its number in the room.</param>
/// <param name="MessageId">Its identity.</param>
internal sealed record ArrivedEvent(string RoomId, long Sequence, string? MessageId);
