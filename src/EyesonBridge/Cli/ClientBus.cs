using EyesonBridge.Bus;
using EyesonBridge.Tls;
using MassTransit;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Cli;

/// <summary>A connection to the broker for as long as a command takes.</summary>
internal static class ClientBus
{
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);

    /// <summary>Starts a bus.</summary>
    /// <exception cref="CommandFailure">No broker answers, or it rejects the connection.</exception>
    public static async Task<IBusControl> StartAsync(
        BusOptions options, Action<IRabbitMqBusFactoryConfigurator>? configure, CancellationToken cancellationToken)
    {
        var trust = new ServerTrust("the broker", "Bus:CaFile", options.CaFile, NullLogger.Instance);
        await ProbeAsync(options, trust, cancellationToken);
        var bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(configurator =>
        {
            configurator.ConnectTo(options, trust);
            configurator.ApplyWireFormat();
            configure?.Invoke(configurator);
        });
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(2 * ConnectWithin);
        await bus.StartAsync(timeout.Token);
        return bus;
    }

    /// <summary>MassTransit would retry forever; a command reports at once what is wrong.</summary>
    private static async Task ProbeAsync(BusOptions options, ServerTrust trust, CancellationToken cancellationToken)
    {
        try
        {
            var factory = BrokerHost.FactoryFor(options, trust);
            factory.RequestedConnectionTimeout = ConnectWithin;
            await using var connection = await factory.CreateConnectionAsync(cancellationToken);
        }
        catch (BrokerUnreachableException unreachable)
        {
            throw new CommandFailure(BrokerHost.Explain(new Uri(options.Url), trust, unreachable));
        }
    }
}
