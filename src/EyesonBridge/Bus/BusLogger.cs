using MassTransit;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Bus;

/// <summary>
/// What MassTransit logs, without what it says over and over with a stack trace: a message that comes back because no queue
/// is bound to it (<see cref="Outbox.UnroutedEvents"/> counts these), and a broker that cannot be reached or refuses what is
/// asked of it, again and again (<see cref="BrokerConnection"/> says it once).
/// </summary>
internal sealed class BusLogger(ILogger inner, BrokerConnection connection) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is MessageReturnedException)
            return;

        if (UnreachableIn(exception) is { } unreachable)
            connection.NoteUnreachable(unreachable);
        else if (!connection.TakeRefusal(exception))
            inner.Log(logLevel, eventId, state, exception, formatter);
    }

    private static BrokerUnreachableException? UnreachableIn(Exception? error)
    {
        while (error is not null and not BrokerUnreachableException)
            error = error.InnerException;
        return (BrokerUnreachableException?)error;
    }
}
