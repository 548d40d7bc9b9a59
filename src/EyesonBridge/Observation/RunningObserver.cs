using EyesonBridge.Observation.Room;

namespace EyesonBridge.Observation;

/// <summary>An observer and the task that runs it.</summary>
internal sealed record RunningObserver(RoomObserver Observer, Task Task);
