using EyesonBridge.Management;
using EyesonBridge.Management.Status;
using EyesonBridge.Tls;
using EyesonBridge.Webhooks;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Hosting;

/// <summary>A bridge that runs in this process.</summary>
internal sealed class RunningBridge : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningBridge(WebApplication app) => _app = app;

    /// <summary>What the bridge is made of.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Where the management port listens.</summary>
    public IReadOnlyCollection<string> Urls => [.. _app.Urls];

    /// <summary>Starts a bridge.</summary>
    /// <param name="overrides">Settings above those of file and environment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="alone">True when those of file and environment do not count at all.</param>
    /// <exception cref="ConfigurationException">The settings are wrong.</exception>
    /// <exception cref="Storage.StoreException">The store cannot be opened.</exception>
    /// <exception cref="ListenException">The management port cannot be opened.</exception>
    public static async Task<RunningBridge> StartAsync(IReadOnlyDictionary<string, string?>? overrides, CancellationToken cancellationToken, bool alone = false)
    {
        var app = BridgeHost.Build(overrides, alone);
        try
        {
            foreach (var warning in BridgeOptions.Warnings(app.Configuration))
                app.Services.GetRequiredService<ILogger<RunningBridge>>().NotEncrypted(warning);
            RequireAddresses(app.Services);
            await app.Services.GetRequiredService<StoreHost>().OpenAsync(cancellationToken);
            app.Services.GetRequiredService<BridgeGauges>();
            app.Services.GetRequiredService<CapacityGauges>();
            app.Services.GetRequiredService<ReplicaReports>();
            await app.StartAsync(cancellationToken);
            return new RunningBridge(app);
        }
        catch (IOException inUse) when (inUse.InnerException is not null || inUse.Message.Contains("bind", StringComparison.OrdinalIgnoreCase))
        {
            await app.DisposeAsync();
            throw new ListenException($"Cannot listen on Management:Url: {inUse.Message} Choose another address or port.", inUse);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the process is asked to stop, and stops in order.</summary>
    public async Task WhenStoppedAsync(CancellationToken cancellationToken)
    {
        await using (cancellationToken.UnsafeRegister(static app => ((WebApplication)app!).Lifetime.StopApplication(), _app))
            await _app.WaitForShutdownAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_app.Lifetime.ApplicationStopped.IsCancellationRequested)
            await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static void RequireAddresses(IServiceProvider services)
    {
        ListenAddress.Require("Management:Url", services.GetRequiredService<IOptions<ManagementOptions>>().Value.Url);
        if (services.GetRequiredService<IOptions<WebhookOptions>>().Value is { Enabled: true, Url: { } url })
            ListenAddress.Require("Webhook:Url", url);
    }
}
