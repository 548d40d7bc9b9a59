namespace EyesonBridge.Observation.Endings;

/// <summary>What has been so far, as far as it matters for what comes next.</summary>
/// <param name="WasObserved">True once the room was subscribed since it was registered.</param>
/// <param name="MayWait">True while the time until which to wait for the room has not passed.</param>
/// <param name="IsRefusedForLong">True when the room has been refused for so long that it will hardly pass.</param>
internal readonly record struct RoomPast(bool WasObserved, bool MayWait, bool IsRefusedForLong = false);
