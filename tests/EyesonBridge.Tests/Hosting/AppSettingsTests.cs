using System.Globalization;
using System.Reflection;
using EyesonBridge.Accounts;
using EyesonBridge.Bus;
using EyesonBridge.Discovery;
using EyesonBridge.Hosting;
using EyesonBridge.Management;
using EyesonBridge.Observation;
using EyesonBridge.Outbox;
using EyesonBridge.Permalinks;
using EyesonBridge.Storage;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Webhooks;
using Microsoft.Extensions.Configuration;

namespace EyesonBridge.Tests.Hosting;

/// <summary>The file is what operators read first: it says what is so without it.</summary>
public sealed class AppSettingsTests
{
    private static readonly IConfigurationRoot File = new ConfigurationBuilder().AddJsonFile(RepositoryRoot.PathTo("appsettings.json")).Build();

    private static readonly Dictionary<string, object> Sections = new(StringComparer.Ordinal)
    {
        [EyesonOptions.Section] = new EyesonOptions(),
        [ObserverOptions.Section] = new ObserverOptions(),
        [BusOptions.Section] = new BusOptions(),
        [StoreOptions.Section] = new StoreOptions(),
        [OutboxOptions.Section] = new OutboxOptions(),
        [ShutdownOptions.Section] = new ShutdownOptions(),
        [PermalinkOptions.Section] = new PermalinkOptions(),
        [DiscoveryOptions.Section] = new DiscoveryOptions(),
        [WebhookOptions.Section] = new WebhookOptions(),
        [ManagementOptions.Section] = new ManagementOptions(),
    };

    [Fact]
    public void Values_All_AreTheDefaultsOfTheOptions() =>
        Assert.Equal(
            Sections.SelectMany(section => Settings(section.Value)
                .Select(property => $"{section.Key}:{property.Name}={Convert.ToString(property.GetValue(section.Value), CultureInfo.InvariantCulture)}"))
                .Order(StringComparer.Ordinal),
            Sections.Keys.SelectMany(section => File.GetSection(section).GetChildren()
                .Where(setting => !IsAccounts(setting.Key))
                .Select(setting => $"{setting.Path}={setting.Value}"))
                .Order(StringComparer.Ordinal));

    [Fact]
    public void Sections_All_AreKnown() =>
        Assert.Equal(
            Sections.Keys.Append("Logging").Order(StringComparer.Ordinal),
            File.GetChildren().Select(section => section.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Accounts_InTheFile_AreNone() => Assert.Empty(File.GetSection("Eyeson:Accounts").GetChildren());

    private static IEnumerable<PropertyInfo> Settings(object options) =>
        options.GetType().GetProperties().Where(property => !IsAccounts(property.Name));

    private static bool IsAccounts(string setting) => string.Equals(setting, nameof(EyesonOptions.Accounts), StringComparison.Ordinal);
}
