using EyesonBridge.Testing;
using Microsoft.Extensions.Logging;

namespace EyesonBridge.Tests.Observation;

/// <summary>Keeps what is logged, and tells when something is.</summary>
internal sealed class SignallingLogger<T> : ILogger<T>
{
    private readonly Lock _gate = new();
    private readonly List<(int Id, string Text)> _logged = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> Texts
    {
        get
        {
            lock (_gate)
                return [.. _logged.Select(log => log.Text)];
        }
    }

    public int Count(int eventId)
    {
        lock (_gate)
            return _logged.Count(log => log.Id == eventId);
    }

    /// <summary>Completes once a message was logged so many times.</summary>
    public async Task WhenAsync(int eventId, int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_logged.Count(log => log.Id == eventId) >= count)
                    return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Moves the clock, second by second, until a message was logged so many times.</summary>
    public async Task WhenAsync(int eventId, int count, ManualTimeProvider time, CancellationToken cancellationToken)
    {
        while (Count(eventId) < count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_gate)
        {
            _logged.Add((eventId.Id, formatter(state, exception) + exception));
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
