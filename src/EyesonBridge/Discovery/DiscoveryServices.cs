namespace EyesonBridge.Discovery;

/// <summary>Registers discovery, when it is enabled.</summary>
internal static class DiscoveryServices
{
    public static IServiceCollection AddBridgeDiscovery(this IServiceCollection services, DiscoveryOptions options)
    {
        if (options.Enabled)
            services.AddHostedService<RoomDiscovery>();
        return services;
    }
}
