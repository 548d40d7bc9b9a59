using EyesonBridge.Accounts;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Observation.Room;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Observation;

/// <summary>Registers the supervisor and what its observers need.</summary>
internal static class ObservationServices
{
    /// <summary>Name of the HTTP client for Eyeson.</summary>
    public const string EyesonHttpClient = "eyeson";

    public static IServiceCollection AddBridgeObservation(this IServiceCollection services)
    {
        services.TryAddSingleton<EyesonTrust>();
        services.AddHttpClient(EyesonHttpClient)
            .ConfigurePrimaryHttpMessageHandler(provider => EyesonHttpHandler.Create(provider.GetRequiredService<EyesonTrust>().Server))
            .RemoveAllLoggers(); // what they would log can hold secrets
        services.TryAddSingleton<AccountGate>();
        services.TryAddSingleton<OutboxGate>();
        services.TryAddSingleton<RoomDirectory>();
        services.TryAddSingleton(provider => new EyesonRest(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(EyesonHttpClient),
            provider.GetRequiredService<IOptions<EyesonOptions>>(),
            provider.GetRequiredService<AccountKeys>(),
            provider.GetRequiredService<AccountGate>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new CableClient(
            CableOptionsOf(provider.GetRequiredService<IOptions<ObserverOptions>>().Value) with
            {
                ServerCertificateCheck = provider.GetRequiredService<EyesonTrust>().Server.Accepts,
            },
            provider.GetRequiredService<TimeProvider>()));
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
