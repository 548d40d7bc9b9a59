using EyesonBridge.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Webhooks;

/// <summary>Registers and maps the reception of webhooks.</summary>
internal static class WebhookServices
{
    public static IServiceCollection AddBridgeWebhooks(this IServiceCollection services)
    {
        services.TryAddSingleton<WebhookReceiver>();
        services.TryAddSingleton<WebhookEndpoint>();
        return services;
    }

    /// <summary>Maps the endpoint, when it is enabled.</summary>
    public static void MapBridgeWebhooks(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<WebhookOptions>>().Value.Enabled)
            return;

        var endpoint = app.Services.GetRequiredService<WebhookEndpoint>();
        app.MapPost(WebhookEndpoint.Path, (string account, HttpContext http) => endpoint.HandleAsync(account, http));
    }
}
