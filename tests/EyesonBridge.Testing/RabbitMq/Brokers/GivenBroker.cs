using EyesonBridge.Testing.Servers;

namespace EyesonBridge.Testing.RabbitMq.Brokers;

/// <summary>A broker that somebody else runs.</summary>
internal sealed class GivenBroker(Uri url) : GivenServer(RabbitMqServer.UrlVariable), IBroker
{
    public Uri Url { get; } = url;

    public Task ControlAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) => throw NotOurs("control");

    public Task EvaluateAsync(string expression, CancellationToken cancellationToken) => throw NotOurs("control");
}
