namespace EyesonBridge.Contracts.V1;

/// <summary>The room was unlocked.</summary>
/// <remarks>From <c>lock</c> with <c>locked: false</c>.</remarks>
public sealed record RoomUnlocked : RoomEvent, IMeetingEvent;
