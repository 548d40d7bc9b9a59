using EyesonBridge.Control;
using EyesonBridge.Outbox;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Bus;

/// <summary>Registers MassTransit with the control queue, and the publisher.</summary>
internal static class BusServices
{
    /// <summary>Name of the bus among the health checks.</summary>
    public const string HealthCheck = "bus";

    /// <summary>Name of the queue that failed commands end in.</summary>
    public static string Failed(string controlQueue) => $"{controlQueue}_error";

    /// <summary>Name of the queue that commands end in whose answer cannot be sent, or that came too often.</summary>
    public static string Undeliverable(string controlQueue) => $"{controlQueue}_undeliverable";

    public static IServiceCollection AddBridgeBus(this IServiceCollection services, BusOptions bus)
    {
        services.TryAddSingleton<BrokerTrust>();
        services.TryAddSingleton<BrokerConnection>();
        services.AddReceiveEndpointObserver(provider => provider.GetRequiredService<BrokerConnection>());
        services.TryAddSingleton(provider => new EventEnvelope(() => EventAddresses.Of(provider.GetRequiredService<IBus>())));
        services.TryAddSingleton(provider => new EventTopology(new Lazy<IBus>(provider.GetRequiredService<IBus>)));
        if (bus.Transport == BusTransport.InMemory)
            services.TryAddSingleton<IEventPublisher, InMemoryPublisher>();
        else
        {
            services.TryAddSingleton<RabbitMqPublisher>();
            services.TryAddSingleton<IEventPublisher>(static provider => provider.GetRequiredService<RabbitMqPublisher>());
        }

        services.TryAddSingleton(static provider => new DeadCommandDepth(
            provider.GetService<RabbitMqPublisher>(), provider.GetRequiredService<IOptions<BusOptions>>(), provider.GetRequiredService<TimeProvider>()));
        if (bus.Transport == BusTransport.RabbitMq)
            services.AddHostedService<BrokerExamination>();
        services.AddMassTransit(registration =>
        {
            registration.AddControlConsumers();
            registration.DisableUsageTelemetry(); // or it reports to its makers
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

    /// <summary>Has MassTransit log where the host does. It takes the first log that it is given, so before a bus is made.</summary>
    public static void UseBridgeBusLogging(this IServiceProvider services) =>
        LogContext.ConfigureCurrentLogContext(
            new BusLoggerFactory(services.GetRequiredService<ILoggerFactory>(), services.GetRequiredService<BrokerConnection>()));

    /// <remarks><see cref="ControlQueueForm"/> declares the same queue.</remarks>
    private static void ConfigureRabbitMq(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator configurator, BusOptions bus)
    {
        configurator.ConnectTo(bus, context.GetRequiredService<BrokerTrust>().Server);
        configurator.ApplyWireFormat();
        configurator.ReceiveEndpoint(bus.ControlQueue, endpoint =>
        {
            endpoint.SetQuorumQueue();
            endpoint.SetQueueArgument(ControlQueueForm.DeliveryLimit, ControlQueueForm.MostRedeliveries); // without it a command could come back without end
            endpoint.SetQueueArgument(ControlQueueForm.SingleActiveConsumer, true);
            var aside = Undeliverable(bus.ControlQueue);
            endpoint.BindDeadLetterQueue(aside, aside, deadLetters => deadLetters.SetQuorumQueue());
            KeepOrder(context, endpoint);
            var dead = new DeadCommands(bus.KeepFailedCommands, context.GetRequiredService<ILogger<DeadCommands>>());
            endpoint.ConfigureError(failed =>
            {
                failed.UseFilter(new GenerateFaultFilter());
                failed.UseFilter(new FailedCommandFilter(Aside(Failed(bus.ControlQueue)), dead));
            });
            endpoint.ConfigureDeadLetter(skipped => skipped.UseFilter(new SkippedMessageFilter(Aside($"{bus.ControlQueue}_skipped"), dead)));
            endpoint.UseFilter(new LastDeliveryFilter(aside, ControlQueueForm.MostRedeliveries, dead, context.GetRequiredService<ILogger<LastDeliveryFilter>>()));
            endpoint.UseFilter(new AnswerAddressFilter(aside, dead, context.GetRequiredService<ILogger<AnswerAddressFilter>>()));
            endpoint.ConfigureControl(context);
        });

        AsideQueue Aside(string queue) => new(queue, context.GetRequiredService<ILogger<AsideQueue>>());
    }

    private static void Configure(IBusRegistrationContext context, IInMemoryBusFactoryConfigurator configurator, BusOptions bus)
    {
        configurator.ApplyWireFormat();
        configurator.ReceiveEndpoint(bus.ControlQueue, endpoint =>
        {
            KeepOrder(context, endpoint);
            endpoint.ConfigureControl(context);
        });
    }

    private static void KeepOrder(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint)
    {
        var orders = new DeliveryOrders();
        endpoint.ConfigureReceive(receive => receive.UseFilter(new DeliveryPassedFilter(orders)));
        endpoint.UseFilter(new CommandOrderFilter(orders, new CommandLines(), context.GetRequiredService<TimeProvider>()));
    }
}
