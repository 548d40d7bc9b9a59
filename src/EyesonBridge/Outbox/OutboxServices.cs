using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EyesonBridge.Outbox;

/// <summary>Registers the dispatcher.</summary>
internal static class OutboxServices
{
    public static IServiceCollection AddBridgeOutbox(this IServiceCollection services)
    {
        services.TryAddSingleton<UnroutedEvents>();
        services.TryAddSingleton<OutboxWriter>();
        services.TryAddSingleton<OutboxDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxDispatcher>());
        return services;
    }
}
