namespace EyesonBridge.Bench.Peers;

/// <summary>What publishes.</summary>
internal enum PublishKind
{
    /// <summary>RabbitMQ.Client alone, with confirms that are tracked by hand.</summary>
    RabbitMqClient,

    /// <summary>MassTransit's <c>Publish</c>.</summary>
    MassTransit,
}
