namespace EyesonBridge.Contracts.V1;

/// <summary>The room was locked: nobody else can join.</summary>
/// <remarks>From <c>lock</c> with <c>locked: true</c>.</remarks>
public sealed record RoomLocked : RoomEvent, IMeetingEvent;
