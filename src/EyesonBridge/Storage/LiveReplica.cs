namespace EyesonBridge.Storage;

/// <summary>A replica whose lease has not ended.</summary>
/// <param name="Owner">Its name among the owners of rooms.</param>
/// <param name="Rooms">How many rooms it owns.</param>
internal sealed record LiveReplica(string Owner, long Rooms);
