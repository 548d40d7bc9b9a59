namespace EyesonBridge.Accounts;

/// <summary>
/// One request for all who ask before it begins. A request that is under way may have been answered before the question
/// arose, so who asks meanwhile shares the next one; requests follow each other at a distance.
/// </summary>
internal sealed class SharedRequest<T>(Func<Task<T>> request, TimeSpan distance, TimeProvider time)
{
    private readonly Lock _gate = new();
    private Task<T>? _underWay;
    private Task<T>? _next;
    private long? _begunAt;

    /// <summary>The answer to a request that begins after this call.</summary>
    public Task<T> AskAsync()
    {
        lock (_gate)
            return _next ??= RunAfterAsync(_underWay);
    }

    private async Task<T> RunAfterAsync(Task<T>? former)
    {
        await Task.Yield();
        if (former is not null)
            await former.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

        if (_begunAt is { } begunAt && distance - time.GetElapsedTime(begunAt) is { Ticks: > 0 } early)
            await Task.Delay(early, time);

        lock (_gate)
        {
            _underWay = _next;
            _next = null;
        }

        _begunAt = time.GetTimestamp();
        return await request();
    }
}
