namespace EyesonBridge.Testing.RabbitMq.Brokers;

/// <summary>A broker that somebody else runs: it can be talked to, and no more.</summary>
internal sealed class GivenBroker(Uri url) : IBroker
{
    public Uri Url { get; } = url;

    public Task StartAsync(CancellationToken cancellationToken) => throw NotOurs("start");

    public Task StopAsync(CancellationToken cancellationToken) => throw NotOurs("stop");

    public Task KillAsync(CancellationToken cancellationToken) => throw NotOurs("kill");

    public Task PauseAsync(CancellationToken cancellationToken) => throw NotOurs("pause");

    public Task ResumeAsync(CancellationToken cancellationToken) => throw NotOurs("resume");

    public Task ControlAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) => throw NotOurs("control");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static NotSupportedException NotOurs(string action) =>
        new($"The broker that {RabbitMqServer.UrlVariable} names is not ours to {action}.");
}
