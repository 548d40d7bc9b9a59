namespace EyesonBridge.Storage;

/// <summary>How the rooms are spread.</summary>
/// <param name="Replicas">Replicas that are alive, and not about to leave.</param>
/// <param name="Rooms">Rooms that somebody has to hold.</param>
/// <param name="Held">Those of them that the replica that asks holds.</param>
/// <param name="Free">Those of them that nobody holds, or one that is gone.</param>
/// <param name="Offered">Those that others offer to hand over.</param>
internal readonly record struct ReplicaShare(long Replicas, long Rooms, long Held, long Free, long Offered = 0);
