using Microsoft.Extensions.Logging;

namespace EyesonBridge.Tests.Logging;

/// <summary>Keeps what is logged, and tells when something is.</summary>
internal class LogRecorder : ILoggerFactory, ILogger
{
    private readonly Lock _gate = new();
    private readonly List<LogEntry> _entries = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>All messages, each with its exception.</summary>
    public IReadOnlyList<string> Texts => [.. Where(static _ => true).Select(entry => entry.Text + entry.Exception)];

    /// <summary>How often a message was logged.</summary>
    public int Count(int eventId) => Entries(eventId).Count;

    public IReadOnlyList<LogEntry> Entries(int eventId) => Where(entry => entry.Id == eventId);

    /// <inheritdoc cref="WhenAsync(int, int, CancellationToken)"/>
    public Task WhenAsync(int eventId, int count) => WhenAsync(eventId, count, TestContext.Current.CancellationToken);

    /// <summary>Completes once a message was logged so many times.</summary>
    public async Task WhenAsync(int eventId, int count, CancellationToken cancellationToken)
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

            await changed.WaitAsync(cancellationToken);
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
            _entries.Add(new LogEntry(eventId.Id, logLevel, formatter(state, exception), [.. values], exception));
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Dispose()
    {
        // Nothing to let go.
    }

    private IReadOnlyList<LogEntry> Where(Func<LogEntry, bool> isIt)
    {
        lock (_gate)
            return [.. _entries.Where(isIt)];
    }
}
