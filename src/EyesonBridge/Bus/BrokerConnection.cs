using MassTransit;
using Microsoft.Extensions.Options;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Bus;

/// <summary>Whether the broker can be reached, and if not, why. Each reason is logged once, until it can be reached again.</summary>
internal sealed class BrokerConnection(IOptions<BusOptions> options, BrokerTrust trust, ILogger<BrokerConnection> logger) : IReceiveEndpointObserver
{
    private string? _problem;

    /// <summary>Why the broker cannot be reached, and what to do; null when it can, or was not tried yet.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>An attempt to connect failed.</summary>
    public void NoteUnreachable(BrokerUnreachableException error)
    {
        var problem = BrokerHost.Explain(new Uri(options.Value.Url), trust.Server, error);
        var former = Interlocked.Exchange(ref _problem, problem);
        if (!string.Equals(problem, former, StringComparison.Ordinal))
            logger.BrokerUnreachable(problem);
    }

    /// <summary>The control queue is read: the broker is there.</summary>
    public Task Ready(ReceiveEndpointReady ready)
    {
        if (Interlocked.Exchange(ref _problem, null) is not null)
            logger.BrokerReachable();
        return Task.CompletedTask;
    }

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

    public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;
}
