using EyesonBridge.Configuration;
using EyesonBridge.Control;
using EyesonBridge.Outbox;
using MassTransit;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EyesonBridge.Bus;

/// <summary>Registers MassTransit with the control queue, and the publisher.</summary>
internal static class BusServices
{
    /// <summary>Name of the bus among the health checks.</summary>
    public const string HealthCheck = "bus";

    public static IServiceCollection AddBridgeBus(this IServiceCollection services, BusOptions bus)
    {
        services.TryAddSingleton<IEventPublisher, MassTransitPublisher>();
        services.AddMassTransit(registration =>
        {
            registration.AddControlConsumers();
            registration.ConfigureHealthCheckOptions(health =>
            {
                health.Name = HealthCheck;
                health.MinimalFailureStatus = HealthStatus.Unhealthy;
                health.Tags.Clear();
            });

            if (bus.Transport == BusTransport.InMemory)
                registration.UsingInMemory((context, configurator) => Configure(context, configurator, bus));
            else
                registration.UsingRabbitMq((context, configurator) => ConfigureRabbitMq(context, configurator, bus));
        });
        return services;
    }

    private static void ConfigureRabbitMq(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator configurator, BusOptions bus)
    {
        configurator.Host(bus.Url);
        configurator.ApplyWireFormat();
        configurator.ReceiveEndpoint(bus.ControlQueue, endpoint =>
        {
            endpoint.SetQuorumQueue();
            endpoint.ConfigureControl(context);
        });
    }

    private static void Configure(IBusRegistrationContext context, IInMemoryBusFactoryConfigurator configurator, BusOptions bus)
    {
        configurator.ApplyWireFormat();
        configurator.ReceiveEndpoint(bus.ControlQueue, endpoint => endpoint.ConfigureControl(context));
    }
}
