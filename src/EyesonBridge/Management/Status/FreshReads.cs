using EyesonBridge.Storage;

namespace EyesonBridge.Management.Status;

/// <summary>
/// Keeps what was read for two seconds, also that it could not be read, and reads one thing at a time: however many look on, they
/// cost no more.
/// </summary>
/// <typeparam name="TKey">What it is about.</typeparam>
/// <typeparam name="TValue">What is read.</typeparam>
internal sealed class FreshReads<TKey, TValue>(TimeProvider time) : IDisposable
    where TKey : notnull
    where TValue : class
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Dictionary<TKey, (TValue Value, long ReadAt)> _known = [];
    private (StoreException Problem, long FoundAt)? _trouble;

    /// <summary>What is known of <paramref name="key"/>; read when that is not fresh.</summary>
    public async Task<TValue> GetAsync(TKey key, Func<CancellationToken, Task<TValue>> readAsync, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_known.TryGetValue(key, out var known) && IsFresh(known.ReadAt))
                return known.Value;

            if (_trouble is { } trouble && IsFresh(trouble.FoundAt))
                throw new StoreException(trouble.Problem.Message, trouble.Problem);
            foreach (var old in _known.Where(one => !IsFresh(one.Value.ReadAt)).Select(static one => one.Key).ToList())
                _known.Remove(old);
            var value = await readAsync(cancellationToken);
            _known[key] = (value, time.GetTimestamp());
            return value;
        }
        catch (StoreException problem) when (problem.InnerException is not StoreException)
        {
            _trouble = (problem, time.GetTimestamp());
            throw;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Any one that is fresh; null when none is.</summary>
    public async Task<TValue?> AnyAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            return _known.Values.FirstOrDefault(known => IsFresh(known.ReadAt)).Value;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private bool IsFresh(long readAt) => time.GetElapsedTime(readAt) < FreshFor;
}
