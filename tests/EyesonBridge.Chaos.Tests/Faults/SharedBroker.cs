using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Chaos.Tests.Faults;

/// <summary>The tests of single faults share a broker, one after the other, each in a virtual host of its own.</summary>
[CollectionDefinition(Name)]
public sealed class SharedBroker : ICollectionFixture<PrivateRabbitMqFixture>
{
    public const string Name = "Shared broker";
}
