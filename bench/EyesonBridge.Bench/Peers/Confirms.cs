namespace EyesonBridge.Bench.Peers;

/// <summary>Which of the messages of a channel the broker has confirmed, and a place for each that it has not.</summary>
/// <param name="window">How many places there are.</param>
internal sealed class Confirms(int window) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SortedSet<long> _open = [];
    private readonly SemaphoreSlim _places = new(window, window);
    private long _last;
    private TaskCompletionSource? _none;

    /// <summary>Waits for a place for the next message.</summary>
    public async Task EnterAsync()
    {
        await _places.WaitAsync();
        lock (_lock)
            _open.Add(++_last);
    }

    /// <summary>Takes a confirm.</summary>
    /// <param name="tag">The message's number on the channel.</param>
    /// <param name="multiple">Whether those before it are confirmed too.</param>
    public void Take(long tag, bool multiple)
    {
        lock (_lock)
        {
            if (!multiple)
            {
                if (_open.Remove(tag))
                    _places.Release();
            }
            else
            {
                while (_open.Count > 0 && _open.Min <= tag)
                {
                    _open.Remove(_open.Min);
                    _places.Release();
                }
            }

            if (_open.Count == 0)
                _none?.TrySetResult();
        }
    }

    /// <summary>Completes when all are confirmed.</summary>
    public Task WhenNoneAsync()
    {
        lock (_lock)
        {
            _none = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_open.Count == 0)
                _none.SetResult();
            return _none.Task;
        }
    }

    public void Dispose() => _places.Dispose();
}
