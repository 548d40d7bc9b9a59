namespace EyesonBridge.Contracts.V1;

/// <summary>Something that happened in a meeting. Subscribe to this to receive what the participants did, and nothing about the observation.</summary>
public interface IMeetingEvent : IRoomEvent;
