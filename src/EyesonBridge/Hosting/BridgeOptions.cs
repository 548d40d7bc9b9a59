using EyesonBridge.Accounts;
using EyesonBridge.Bus;
using EyesonBridge.Discovery;
using EyesonBridge.Management;
using EyesonBridge.Observation;
using EyesonBridge.Outbox;
using EyesonBridge.Permalinks;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using EyesonBridge.Telemetry;
using EyesonBridge.Tls;
using EyesonBridge.Webhooks;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EyesonBridge.Hosting;

/// <summary>All settings: the one list of their sections.</summary>
internal static class BridgeOptions
{
    /// <summary>The sections.</summary>
    public static IReadOnlyList<IOptionsSection> Sections { get; } =
    [
        new OptionsSection<EyesonOptions, EyesonOptionsValidator>(EyesonOptions.Section),
        new OptionsSection<ObserverOptions, ObserverOptionsValidator>(ObserverOptions.Section),
        new OptionsSection<AccountPaceOptions, AccountPaceOptionsValidator>(AccountPaceOptions.Section),
        new OptionsSection<BusOptions, BusOptionsValidator>(BusOptions.Section),
        new OptionsSection<StoreOptions, StoreOptionsValidator>(StoreOptions.Section),
        new OptionsSection<OutboxOptions, OutboxOptionsValidator>(OutboxOptions.Section),
        new OptionsSection<ShutdownOptions, ShutdownOptionsValidator>(ShutdownOptions.Section),
        new OptionsSection<PermalinkOptions, PermalinkOptionsValidator>(PermalinkOptions.Section),
        new OptionsSection<DiscoveryOptions, DiscoveryOptionsValidator>(DiscoveryOptions.Section),
        new OptionsSection<WebhookOptions, WebhookOptionsValidator>(WebhookOptions.Section),
        new OptionsSection<ManagementOptions, ManagementOptionsValidator>(ManagementOptions.Section),
    ];

    /// <summary>Registers the options of all sections, each checked when the host starts.</summary>
    public static IServiceCollection AddBridgeOptions(this IServiceCollection services, IConfiguration configuration)
    {
        foreach (var section in Sections)
            section.Register(services, configuration);
        services.TryAddSingleton<AccountKeys>();
        return services;
    }

    /// <summary>What works, but should not be left so.</summary>
    public static IReadOnlyList<string> Warnings(IConfiguration configuration)
    {
        var bus = configuration.GetSection(BusOptions.Section);
        var isInMemory = string.Equals(bus[nameof(BusOptions.Transport)], nameof(BusTransport.InMemory), StringComparison.OrdinalIgnoreCase);
        string?[] warnings =
        [
            PlainTransport.Warning("Eyeson:Url", configuration.GetSection(EyesonOptions.Section)[nameof(EyesonOptions.Url)], "API keys and everything in the meetings"),
            isInMemory ? null : PlainTransport.Warning("Bus:Url", bus[nameof(BusOptions.Url)], "the password, all commands and all events"),
            StoreWarning(configuration),
        ];
        return [.. warnings.OfType<string>()];
    }

    /// <summary>Settings that cannot be read are told of elsewhere.</summary>
    private static string? StoreWarning(IConfiguration configuration)
    {
        var store = configuration.GetSection(StoreOptions.Section);
        return Enum.TryParse<StoreProvider>(store[nameof(StoreOptions.Provider)], ignoreCase: true, out var provider) && provider == StoreProvider.Postgres
            ? PostgresSettings.Warning(new StoreOptions { Provider = provider, ConnectionString = store[nameof(StoreOptions.ConnectionString)] ?? "" })
            : null;
    }

    /// <summary>What is wrong in all settings together, each naming its setting; empty when all is well.</summary>
    public static IReadOnlyList<string> Problems(IConfiguration configuration) =>
    [
        .. Sections.SelectMany(section => section.Problems(configuration)),
        .. DiscoveryOptionsValidator.UnknownAccounts(configuration),
        .. WebhookOptionsValidator.SamePort(configuration),
        .. new TelemetrySettings(configuration).Problems(),
        .. LoggingSettings.Problems(configuration),
    ];
}
