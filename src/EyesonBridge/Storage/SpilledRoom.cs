namespace EyesonBridge.Storage;

/// <summary>What of a room is in the outbox but not in memory.</summary>
/// <param name="From">Position of its first entry.</param>
/// <param name="Newest">Position of the last that was known of.</param>
internal readonly record struct SpilledRoom(long From, long Newest);
