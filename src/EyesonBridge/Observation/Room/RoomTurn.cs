namespace EyesonBridge.Observation.Room;

/// <summary>A turn at a room's journal; ends when disposed.</summary>
internal readonly record struct RoomTurn(SemaphoreSlim Semaphore) : IDisposable
{
    public void Dispose() => Semaphore.Release();
}
