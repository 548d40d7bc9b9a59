namespace EyesonBridge.Observation;

/// <summary>A turn at a room's journal; ends when disposed.</summary>
internal readonly record struct Turn(SemaphoreSlim Semaphore) : IDisposable
{
    public void Dispose() => Semaphore.Release();
}
