namespace EyesonBridge.Contracts.V1;

/// <summary>The room is subscribed for the first time since it was registered; its events follow.</summary>
public sealed record ObservationStarted : RoomEvent, IObservationEvent;
