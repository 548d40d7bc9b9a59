namespace EyesonBridge.Bus;

/// <summary>What carries the messages.</summary>
internal enum BusTransport
{
    /// <summary>RabbitMQ.</summary>
    RabbitMq,

    /// <summary>The memory of this process: for a look at the bridge without a broker. Nobody else receives anything.</summary>
    InMemory,
}
