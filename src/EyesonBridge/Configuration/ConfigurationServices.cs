using EyesonBridge.Accounts;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Configuration;

/// <summary>Registers the options, each checked when the host starts.</summary>
internal static class ConfigurationServices
{
    public static IServiceCollection AddBridgeOptions(this IServiceCollection services, IConfiguration configuration)
    {
        Add<EyesonOptions, EyesonOptionsValidator>(EyesonOptions.Section);
        Add<ObserverOptions, ObserverOptionsValidator>(ObserverOptions.Section);
        Add<BusOptions, BusOptionsValidator>(BusOptions.Section);
        Add<StoreOptions, StoreOptionsValidator>(StoreOptions.Section);
        Add<OutboxOptions, OutboxOptionsValidator>(OutboxOptions.Section);
        Add<ShutdownOptions, ShutdownOptionsValidator>(ShutdownOptions.Section);
        Add<PermalinkOptions, PermalinkOptionsValidator>(PermalinkOptions.Section);
        Add<DiscoveryOptions, DiscoveryOptionsValidator>(DiscoveryOptions.Section);
        Add<WebhookOptions, WebhookOptionsValidator>(WebhookOptions.Section);
        Add<ManagementOptions, ManagementOptionsValidator>(ManagementOptions.Section);
        services.TryAddSingleton<AccountKeys>();
        return services;

        void Add<TOptions, TValidator>(string section)
            where TOptions : class
            where TValidator : class, IValidateOptions<TOptions>
        {
            services.AddOptions<TOptions>().Bind(configuration.GetSection(section)).ValidateOnStart();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>());
        }
    }
}
