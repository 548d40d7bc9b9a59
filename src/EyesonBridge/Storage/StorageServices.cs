namespace EyesonBridge.Storage;

/// <summary>Registers what looks after the store.</summary>
internal static class StorageServices
{
    public static IServiceCollection AddBridgeStorage(this IServiceCollection services)
    {
        services.AddHostedService<RoomRetention>();
        return services;
    }
}
