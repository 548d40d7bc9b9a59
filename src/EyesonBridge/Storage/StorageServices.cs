using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EyesonBridge.Storage;

/// <summary>Registers what looks after the store.</summary>
internal static class StorageServices
{
    public static IServiceCollection AddBridgeStorage(this IServiceCollection services)
    {
        services.TryAddSingleton<StoreVolume>();
        services.AddHostedService<RoomRetention>();
        return services;
    }
}
