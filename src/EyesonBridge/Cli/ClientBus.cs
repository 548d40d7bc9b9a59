using EyesonBridge.Bus;
using EyesonBridge.Bus.Access;
using MassTransit;

namespace EyesonBridge.Cli;

/// <summary>A connection to the broker for as long as a command takes.</summary>
internal static class ClientBus
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(1);

    /// <summary>Starts a bus.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="needs">What its user must be allowed.</param>
    /// <param name="configure">Adds to the bus.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandFailure">No broker answers, or it rejects the connection or what is needed.</exception>
    public static async Task<IBusControl> StartAsync(
        CliBroker broker, IReadOnlyList<BrokerNeed> needs, Action<IRabbitMqBusFactoryConfigurator>? configure, CancellationToken cancellationToken)
    {
        await BrokerProbe.RequireAsync(broker, needs, cancellationToken); // MassTransit would retry forever
        var bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(configurator =>
        {
            configurator.ConnectTo(broker.Options, broker.Trust);
            configurator.ApplyWireFormat();
            configure?.Invoke(configurator);
        });
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(2 * broker.Within);
        try
        {
            await bus.StartAsync(timeout.Token);
            return bus;
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested && failed is MassTransitException or OperationCanceledException)
        {
            throw new CommandFailure(
                BrokerRefusal.Explain(broker.Url, failed)
                ?? $"The broker at {BrokerHost.PlaceOf(broker.Url)} does not let the command connect: {failed.Message} Try again, and look into the broker's log.");
        }
    }

    /// <summary>Stops a bus; what does not stop in time goes with the process.</summary>
    public static async Task StopAsync(IBusControl bus)
    {
        using var late = new CancellationTokenSource(StopWithin, TimeProvider.System);
        try
        {
            await bus.StopAsync(late.Token).WaitAsync(late.Token);
        }
        catch (Exception failed) when (failed is OperationCanceledException or MassTransitException)
        {
            // A consumer that cannot write its line, since nobody reads it, would be waited for.
        }
    }
}
