namespace EyesonBridge.Bus;

/// <summary>What carries the messages.</summary>
internal enum BusTransport
{
    /// <summary>RabbitMQ.</summary>
    RabbitMq,

    /// <summary>The memory of this process: to try the bridge without a broker. No other process receives anything.</summary>
    InMemory,
}
