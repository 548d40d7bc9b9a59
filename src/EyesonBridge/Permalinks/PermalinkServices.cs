using EyesonBridge.Accounts;
using EyesonBridge.Eyeson.Rest;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Permalinks;

/// <summary>Registers the watching of permalinks.</summary>
internal static class PermalinkServices
{
    public static IServiceCollection AddBridgePermalinks(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new EyesonPermalinkClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(AccountServices.EyesonHttpClient),
            new Uri(provider.GetRequiredService<IOptions<EyesonOptions>>().Value.Url),
            clock: provider.GetRequiredService<TimeProvider>(),
            retries: 0)); // the watcher asks again at its own pace, and a guest is not made twice
        services.TryAddSingleton<PermalinkPace>();
        services.TryAddSingleton<PermalinkWatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<PermalinkWatcher>());
        return services;
    }
}
