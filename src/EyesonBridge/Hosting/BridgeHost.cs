using EyesonBridge.Bus;
using EyesonBridge.Discovery;
using EyesonBridge.Hosting.Listening;
using EyesonBridge.Management;
using EyesonBridge.Observation;
using EyesonBridge.Outbox;
using EyesonBridge.Permalinks;
using EyesonBridge.Storage;
using EyesonBridge.Telemetry;
using EyesonBridge.Webhooks;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EyesonBridge.Hosting;

/// <summary>The worker, put together.</summary>
internal static class BridgeHost
{
    /// <summary>The settings: <c>appsettings.json</c> beside the program, the environment, mounted secrets, and <paramref name="overrides"/> above all.</summary>
    /// <param name="overrides">Settings that count before all others.</param>
    /// <param name="alone">True when no others count at all: neither file nor environment.</param>
    /// <exception cref="ConfigurationException">Something in them is wrong; it reports every error.</exception>
    public static WebApplication Build(IReadOnlyDictionary<string, string?>? overrides = null, bool alone = false)
    {
        var builder = UnreadableSettings.Told(static () => WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }));
        if (alone)
            builder.Configuration.Sources.Clear();
        else
            UnreadableSettings.Told(() => builder.Configuration.AddSecretsDirectory());
        builder.Configuration.AddInMemoryCollection(overrides ?? new Dictionary<string, string?>(StringComparer.Ordinal));
        if (BridgeOptions.Problems(builder.Configuration) is { Count: > 0 } problems)
            throw new ConfigurationException(problems);

        return Build(builder);
    }

    private static WebApplication Build(WebApplicationBuilder builder)
    {
        BridgeLogging.Add(builder.Logging, builder.Configuration);
        var management = Section<ManagementOptions>(builder, ManagementOptions.Section).Url;
        builder.WebHost.UseUrls(Listeners.Urls(management, Section<WebhookOptions>(builder, WebhookOptions.Section)));
        builder.WebHost.ConfigureKestrel(static server =>
        {
            var listeners = server.ApplicationServices.GetRequiredService<Listeners>();
            server.ConfigureEndpointDefaults(listeners.Limit);
        });
        var shutdown = Section<ShutdownOptions>(builder, ShutdownOptions.Section);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = shutdown.ShutdownTimeout);
        AddServices(builder);

        var app = builder.Build();
        app.Services.UseBridgeTelemetry(); // the first to be there, and so the last to go
        app.Services.UseBridgeBusLogging();
        var gate = app.Services.GetRequiredService<RequestGate>();
        app.Use(gate.InvokeAsync);
        app.MapBridgeManagement();
        app.MapBridgeWebhooks();
        return app;
    }

    /// <summary>Hosted services stop in the reverse order: first the observers, then the dispatcher, then the bus.</summary>
    private static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddBridgeTelemetry(builder.Configuration);
        services.AddBridgeOptions(builder.Configuration);
        services.TryAddSingleton<Listeners>();
        services.TryAddSingleton<RequestGate>();
        services.TryAddSingleton<StoreHost>();
        services.TryAddSingleton<IBridgeStore>(provider => provider.GetRequiredService<StoreHost>().Store);
        services.AddBridgeStorage();
        services.AddBridgeBus(Section<BusOptions>(builder, BusOptions.Section));
        services.AddBridgeOutbox();
        services.AddBridgeObservation();
        services.AddBridgePermalinks();
        services.AddBridgeDiscovery(Section<DiscoveryOptions>(builder, DiscoveryOptions.Section));
        services.AddBridgeWebhooks();
        services.AddBridgeManagement();
        services.AddHostedService<IdleMemory>();
    }

    private static TOptions Section<TOptions>(WebApplicationBuilder builder, string section)
        where TOptions : class, new() =>
        builder.Configuration.GetSection(section).Get<TOptions>() ?? new TOptions();
}
