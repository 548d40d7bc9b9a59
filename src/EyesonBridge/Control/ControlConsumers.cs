using MassTransit;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EyesonBridge.Control;

/// <summary>The consumers of the control queue, and how they are run.</summary>
internal static class ControlConsumers
{
    public static void AddControlConsumers(this IBusRegistrationConfigurator registration)
    {
        registration.TryAddSingleton<ObservationConfirmation>();
        registration.TryAddSingleton<OnceOnly>();
        registration.AddConsumer<ObserveRoomConsumer>();
        registration.AddConsumer<StopObservingRoomConsumer>();
        registration.AddConsumer<GetObservationsConsumer>();
        registration.AddConsumer<GetPermalinksConsumer>();
        registration.AddConsumer<ObservePermalinkConsumer>();
        registration.AddConsumer<StopObservingPermalinkConsumer>();
        registration.AddConsumer<StartPermalinkMeetingConsumer>();
        registration.AddConsumer<RequestGuestUserConsumer>();
    }

    public static void ConfigureControl(this IReceiveEndpointConfigurator endpoint, IBusRegistrationContext context)
    {
        endpoint.PrefetchCount = 64;
        endpoint.PublishFaults = false; // they repeat the command, with its token, to everybody
        endpoint.UseFilter(new CommandTraceFilter());
        endpoint.UseMessageRetry(retry =>
        {
            retry.Intervals(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
            retry.Ignore<CommandRejectedException>(); // it would be rejected again
        });
        endpoint.ConfigureConsumer<ObserveRoomConsumer>(context);
        endpoint.ConfigureConsumer<StopObservingRoomConsumer>(context);
        endpoint.ConfigureConsumer<GetObservationsConsumer>(context);
        endpoint.ConfigureConsumer<GetPermalinksConsumer>(context);
        endpoint.ConfigureConsumer<ObservePermalinkConsumer>(context);
        endpoint.ConfigureConsumer<StopObservingPermalinkConsumer>(context);
        endpoint.ConfigureConsumer<StartPermalinkMeetingConsumer>(context);
        endpoint.ConfigureConsumer<RequestGuestUserConsumer>(context);
    }
}
