using MassTransit;

namespace EyesonBridge.Bus;

/// <summary>
/// What MassTransit logs, without the messages that come back because no queue is bound to them: it has an error with a
/// stack trace for each, where <see cref="Outbox.UnroutedEvents"/> counts them and says so once for each type.
/// </summary>
internal sealed class WithoutReturns(ILoggerFactory inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Filtered(inner.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    /// <summary>The inner one is the host's.</summary>
    public void Dispose()
    {
    }

    private sealed class Filtered(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is not MessageReturnedException)
                inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
