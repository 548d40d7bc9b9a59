using EyesonBridge.Bus;
using EyesonBridge.Configuration;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Cli;

/// <summary>A connection to the broker for as long as a command takes.</summary>
internal static class ClientBus
{
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);

    /// <summary>Starts a bus.</summary>
    /// <exception cref="CommandFailure">No broker answers, or it refuses.</exception>
    public static async Task<IBusControl> StartAsync(
        BusOptions options, Action<IRabbitMqBusFactoryConfigurator>? configure, CancellationToken cancellationToken)
    {
        await ProbeAsync(options, cancellationToken);
        var bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(configurator =>
        {
            configurator.Host(options.Url);
            configurator.ApplyWireFormat();
            configure?.Invoke(configurator);
        });
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(2 * ConnectWithin);
        await bus.StartAsync(timeout.Token);
        return bus;
    }

    /// <summary>MassTransit would try for ever; a command tells at once what is wrong.</summary>
    private static async Task ProbeAsync(BusOptions options, CancellationToken cancellationToken)
    {
        var broker = new Uri(options.Url);
        try
        {
            var factory = new ConnectionFactory { Uri = broker, RequestedConnectionTimeout = ConnectWithin };
            await using var connection = await factory.CreateConnectionAsync(cancellationToken);
        }
        catch (BrokerUnreachableException unreachable)
        {
            throw new CommandFailure(Explain(broker, unreachable));
        }
    }

    private static string Explain(Uri broker, BrokerUnreachableException unreachable)
    {
        var place = $"{broker.Host}:{(broker.Port > 0 ? broker.Port : 5672)}";
        return unreachable.InnerException switch
        {
            AuthenticationFailureException or PossibleAuthenticationFailureException =>
                $"The broker at {place} refuses the user or the password. Correct them in Bus:Url (environment: Bus__Url).",
            OperationInterruptedException { ShutdownReason.ReplyText: { } text } =>
                $"The broker at {place} refuses: {text}. Correct Bus:Url (environment: Bus__Url).",
            _ => $"No broker answers at {place}. Start it, or set Bus:Url (environment: Bus__Url) to where it is.",
        };
    }
}
