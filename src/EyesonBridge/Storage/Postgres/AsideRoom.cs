namespace EyesonBridge.Storage.Postgres;

/// <summary>A room that a replica publishes and does not observe.</summary>
/// <param name="RoomId">Which.</param>
/// <param name="IsObserved">True when another observes it, and can publish it too.</param>
internal readonly record struct AsideRoom(string RoomId, bool IsObserved);
