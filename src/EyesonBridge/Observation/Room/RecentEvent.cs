namespace EyesonBridge.Observation.Room;

/// <summary>One of the latest events of a room.</summary>
/// <param name="Sequence">Its number in the room.</param>
/// <param name="Type">Name of its contract.</param>
/// <param name="OccurredAt">When it happened.</param>
internal sealed record RecentEvent(long Sequence, string Type, DateTimeOffset OccurredAt);
