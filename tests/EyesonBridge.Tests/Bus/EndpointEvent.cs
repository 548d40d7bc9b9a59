using MassTransit;

namespace EyesonBridge.Tests.Bus;

/// <summary>What MassTransit tells of an endpoint with a queue of that name.</summary>
internal sealed record EndpointEvent(string Queue) : ReceiveEndpointReady, ReceiveEndpointFaulted
{
    public Uri InputAddress => new($"rabbitmq://broker.example.com/{Queue}?temporary=true");

    public IReceiveEndpoint ReceiveEndpoint => null!;

    public bool IsStarted => true;

    public Exception Exception { get; init; } = new InvalidOperationException();
}
