using EyesonBridge.Accounts.Sharing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Accounts;

/// <summary>Registers what speaks to Eyeson's REST in the name of an account.</summary>
internal static class AccountServices
{
    /// <summary>Name of the HTTP client for Eyeson.</summary>
    public const string EyesonHttpClient = "eyeson";

    public static IServiceCollection AddBridgeAccounts(this IServiceCollection services)
    {
        services.TryAddSingleton<EyesonTrust>();
        services.AddHttpClient(EyesonHttpClient)
            .ConfigurePrimaryHttpMessageHandler(provider => EyesonHttpHandler.Create(provider.GetRequiredService<EyesonTrust>().Server))
            .RemoveAllLoggers(); // what they would log can hold secrets
        services.TryAddSingleton<KnownSecrets>();
        services.TryAddSingleton<AccountGate>();
        services.TryAddSingleton<RoomDirectory>();
        services.TryAddSingleton<AccountCalls>();
        services.AddHostedService<SharedKeys>();
        services.TryAddSingleton(provider => new EyesonRest(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(EyesonHttpClient),
            provider.GetRequiredService<IOptions<EyesonOptions>>(),
            provider.GetRequiredService<AccountKeys>(),
            provider.GetRequiredService<AccountGate>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
