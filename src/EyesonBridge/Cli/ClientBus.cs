using EyesonBridge.Bus;
using EyesonBridge.Bus.Access;
using EyesonBridge.Tls;
using MassTransit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.Cli;

/// <summary>A connection to the broker for as long as a command takes.</summary>
internal static class ClientBus
{
    /// <summary>Starts a bus.</summary>
    /// <param name="options">The broker.</param>
    /// <param name="needs">What its user must be allowed.</param>
    /// <param name="configure">Adds to the bus.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandFailure">No broker answers, or it rejects the connection or what is needed.</exception>
    public static async Task<IBusControl> StartAsync(
        BusOptions options, IReadOnlyList<BrokerNeed> needs, Action<IRabbitMqBusFactoryConfigurator>? configure, CancellationToken cancellationToken)
    {
        var trust = new ServerTrust("the broker", "Bus:CaFile", options.CaFile, NullLogger.Instance);
        await BrokerProbe.RequireAsync(options, trust, needs, cancellationToken); // MassTransit would retry forever
        var bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(configurator =>
        {
            configurator.ConnectTo(options, trust);
            configurator.ApplyWireFormat();
            configure?.Invoke(configurator);
        });
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(2 * BrokerProbe.Within);
        try
        {
            await bus.StartAsync(timeout.Token);
            return bus;
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested && failed is MassTransitException or OperationCanceledException)
        {
            throw new CommandFailure(
                BrokerRefusal.Explain(new Uri(options.Url), failed)
                ?? $"The broker at {BrokerHost.PlaceOf(new Uri(options.Url))} does not let the command connect: {failed.Message} Try again, and look into the broker's log.");
        }
    }
}
