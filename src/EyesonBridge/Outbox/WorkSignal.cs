using System.Threading.Tasks.Sources;

namespace EyesonBridge.Outbox;

/// <summary>
/// Wakes the one who waits for work, on a thread of the pool, or at once on the thread that has the work. A signal that
/// comes while nobody waits is kept; several before a wait count as one.
/// </summary>
internal sealed class WorkSignal : IValueTaskSource<bool>
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _wait;
    private CancellationTokenRegistration _cancellation;
    private CancellationToken _token;
    private bool _isWaiting;
    private bool _isSet;

    /// <summary>Wakes the waiter, now or at its next wait.</summary>
    public void Set() => Set(here: false);

    /// <summary>The same; one who waits now goes on here, before this returns. The caller may hold no lock.</summary>
    public void SetHere() => Set(here: true);

    /// <summary>Waits for the signal. One at a time.</summary>
    /// <param name="isKept">True when the signal came before: then who waits goes on where it is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True when it goes on as the guest of a thread that has other things to do: so it must not stay there for long.</returns>
    public ValueTask<bool> WaitAsync(out bool isKept, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_isWaiting)
                throw new InvalidOperationException("Another waits already.");
            isKept = _isSet && !cancellationToken.IsCancellationRequested;
            if (isKept)
            {
                _isSet = false;
                return new ValueTask<bool>(false);
            }

            _wait.Reset();
            (_isWaiting, _token) = (true, cancellationToken);
            _cancellation = cancellationToken.UnsafeRegister(static (signal, cancelled) => ((WorkSignal)signal!).Cancel(cancelled), this);
            return new ValueTask<bool>(this, _wait.Version);
        }
    }

    /// <inheritdoc cref="WaitAsync(out bool, CancellationToken)"/>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => WaitAsync(out _, cancellationToken);

    bool IValueTaskSource<bool>.GetResult(short token) => _wait.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);

    private void Set(bool here)
    {
        lock (_gate)
        {
            if (!_isWaiting)
            {
                _isSet = true;
                return;
            }

            _isWaiting = false;
            _wait.RunContinuationsAsynchronously = !here;
        }

        _cancellation.Unregister();
        _wait.SetResult(here);
    }

    private void Cancel(CancellationToken cancelled)
    {
        lock (_gate)
        {
            if (!_isWaiting || cancelled != _token)
                return; // that wait is over

            _isWaiting = false;
            _wait.RunContinuationsAsynchronously = true;
        }

        _wait.SetException(new OperationCanceledException(cancelled));
    }
}
