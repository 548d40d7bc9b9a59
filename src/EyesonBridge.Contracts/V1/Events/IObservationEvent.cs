namespace EyesonBridge.Contracts.V1;

/// <summary>Something that happened to the observation of a room: it started, was interrupted, resumed, ended.</summary>
public interface IObservationEvent : IRoomEvent;
