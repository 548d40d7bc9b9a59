namespace EyesonBridge.Permalinks;

/// <summary>Whether a permalink waits for its host, counted over all of them for the gauge.</summary>
internal sealed class PermalinkWaiting : IDisposable
{
    private static int _count;

    /// <summary>How many wait.</summary>
    public static int Count => Volatile.Read(ref _count);

    public bool IsWaiting { get; private set; }

    /// <summary>Notes whether it waits now.</summary>
    public void Is(bool waiting)
    {
        if (IsWaiting == waiting)
            return;

        IsWaiting = waiting;
        Interlocked.Add(ref _count, waiting ? 1 : -1);
    }

    public void Dispose() => Is(waiting: false);
}
