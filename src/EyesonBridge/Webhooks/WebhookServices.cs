using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Webhooks;

/// <summary>Registers and maps the reception of webhooks.</summary>
internal static class WebhookServices
{
    public static IServiceCollection AddBridgeWebhooks(this IServiceCollection services)
    {
        services.TryAddSingleton<WebhookReceiver>();
        services.TryAddSingleton<BodySlots>();
        services.TryAddSingleton<TakenWebhooks>();
        services.TryAddSingleton<WebhookEndpoint>();
        return services;
    }

    /// <summary>Maps the endpoint, when it is enabled.</summary>
    public static void MapBridgeWebhooks(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<WebhookOptions>>().Value.Enabled)
            return;

        // Taken from the services at the first request: the store is not open yet.
        app.MapPost(
            WebhookEndpoint.Path,
            (string account, HttpContext http) => http.RequestServices.GetRequiredService<WebhookEndpoint>().HandleAsync(account, http));
    }
}
