namespace EyesonBridge.Bus;

/// <summary>Gives MassTransit its loggers; the inner factory is the host's, and stays when this one is disposed of.</summary>
internal sealed class BusLoggerFactory(ILoggerFactory inner, BrokerConnection connection) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new BusLogger(inner.CreateLogger(categoryName), connection);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose()
    {
    }
}
