namespace EyesonBridge.Outbox;

/// <summary>A gap in the observation of a room that is over.</summary>
/// <param name="RoomId">Id of the room.</param>
/// <param name="From">The last moment at which something was received from it before.</param>
/// <param name="To">When it was observed again, or its meeting was found to be over.</param>
/// <param name="Reason">Name of the reason, in camelCase; null when it is not known.</param>
internal sealed record RecentGap(string RoomId, DateTimeOffset From, DateTimeOffset To, string? Reason);
