using EyesonBridge.Accounts;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Observation.Room;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Observation;

/// <summary>Registers the supervisor and what its observers need.</summary>
internal static class ObservationServices
{
    public static IServiceCollection AddBridgeObservation(this IServiceCollection services)
    {
        services.AddBridgeAccounts();
        services.TryAddSingleton<OutboxGate>();
        services.TryAddSingleton(provider => CableOptionsOf(provider.GetRequiredService<IOptions<ObserverOptions>>().Value) with
        {
            ServerCertificateCheck = provider.GetRequiredService<EyesonTrust>().Server.Accepts,
            ReadInline = true, // what hears a room waits for the store and the outbox, and blocks nowhere
        });
        services.TryAddSingleton(provider => new CableClient(
            provider.GetRequiredService<CableOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<ObserverServices>();
        services.TryAddSingleton<Supervisor>();
        services.AddHostedService(provider => provider.GetRequiredService<Supervisor>());
        return services;
    }

    private static CableOptions CableOptionsOf(ObserverOptions options) => new()
    {
        ConnectTimeout = options.ConnectTimeout,
        WelcomeTimeout = options.WelcomeTimeout,
        ConfirmTimeout = options.ConfirmTimeout,
        SubscribeResendAfter = options.ConfirmTimeout / 2,
        SilenceTimeout = options.SilenceTimeout,
        MaxFrameBytes = options.MaxFrameBytes,
    };
}
