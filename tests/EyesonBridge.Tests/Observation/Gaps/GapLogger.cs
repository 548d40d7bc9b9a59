using Microsoft.Extensions.Logging;

namespace EyesonBridge.Tests.Observation.Gaps;

/// <summary>Keeps what is logged under each id, and tells when something is.</summary>
internal sealed class GapLogger : ILoggerFactory, ILogger
{
    private readonly Lock _gate = new();
    private readonly List<GapLogEntry> _entries = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Count(int eventId) => Entries(eventId).Count;

    public IReadOnlyList<GapLogEntry> Entries(int eventId)
    {
        lock (_gate)
            return [.. _entries.Where(entry => entry.Id == eventId)];
    }

    /// <summary>Completes once a message was logged so many times.</summary>
    public async Task WhenAsync(int eventId, int count)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_entries.Count(entry => entry.Id == eventId) >= count)
                    return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
        lock (_gate)
        {
            _entries.Add(new GapLogEntry(eventId.Id, logLevel, formatter(state, exception), [.. values], exception));
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Dispose()
    {
        // Nothing to let go.
    }
}
