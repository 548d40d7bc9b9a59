using System.Text.Json.Nodes;
using EyesonBridge.Chart.Tests.Tools;
using EyesonBridge.Hosting;

namespace EyesonBridge.Chart.Tests.Manifests;

/// <summary>The values know each setting of the program, and none that it does not have.</summary>
public sealed class SettingsTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Tool.Chart, "values.schema.json")))!;

    /// <param name="options">Class of a section's options.</param>
    /// <param name="values">Where the values hold its settings under their own names.</param>
    /// <param name="others">Settings that have values of other names, or that the chart decides.</param>
    [Theory]
    [InlineData("ObserverOptions", "observer", "")]
    [InlineData("PermalinkOptions", "permalinks", "")]
    [InlineData("DiscoveryOptions", "discovery.settings", "Enabled")]
    [InlineData("WebhookOptions", "webhook.settings", "Enabled")]
    [InlineData("ManagementOptions", "management", "Url")]
    [InlineData("BusOptions", "broker.settings", "Transport Url ControlQueue CaFile")]
    [InlineData("EyesonOptions", "", "Url Authentication Accounts CaFile")]
    [InlineData("OutboxOptions", "", "MaxBytes")]
    [InlineData("ShutdownOptions", "", "ShutdownTimeout")]
    [InlineData("StoreOptions", "", "Provider ConnectionString")]
    public void Values_OfASection_AreItsSettings(string options, string values, string others)
    {
        var type = typeof(BridgeHost).Assembly.GetType($"EyesonBridge.Configuration.{options}", throwOnError: true)!;
        var settings = type.GetProperties().Where(property => property.CanWrite).Select(property => property.Name).ToHashSet(StringComparer.Ordinal);

        var path = $"properties.{values.Replace(".", ".properties.", StringComparison.Ordinal)}.properties";
        var known = values.Length == 0 ? [] : Schema.At(path).AsObject().Select(property => property.Key).ToHashSet(StringComparer.Ordinal);

        Assert.Equal("", string.Join(' ', known.Except(settings, StringComparer.Ordinal)));
        Assert.Equal("", string.Join(' ', settings.Except(known, StringComparer.Ordinal).Except(others.Split(' '), StringComparer.Ordinal)));
    }
}
