namespace EyesonBridge.Storage;

/// <summary>What was given up to let a room go on.</summary>
/// <param name="Part">The unreadable part of its row, one of <see cref="RoomParts"/>; null when that was readable.</param>
/// <param name="InboxEntries">How many unreadable entries of its inbox.</param>
internal sealed record RepairedRoom(string? Part, int InboxEntries);
