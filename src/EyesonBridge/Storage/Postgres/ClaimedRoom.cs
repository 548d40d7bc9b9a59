namespace EyesonBridge.Storage.Postgres;

/// <summary>A room that was claimed.</summary>
/// <param name="Room">The room.</param>
/// <param name="Former">Who owned it.</param>
/// <param name="IsPublishedElsewhere">True when another replica still publishes what is left of it.</param>
internal sealed record ClaimedRoom(RoomRow Room, string? Former, bool IsPublishedElsewhere);
