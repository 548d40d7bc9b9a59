namespace EyesonBridge.Testing.RabbitMq.Brokers;

/// <summary>Where a broker for tests comes from.</summary>
internal enum BrokerKind
{
    /// <summary>It runs already, and is not ours to stop.</summary>
    Given,

    /// <summary>Started in a container.</summary>
    Container,

    /// <summary>Started from the distribution's package.</summary>
    Package,
}
