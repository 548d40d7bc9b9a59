using System.Text.Json.Nodes;
using EyesonBridge.Chart.Tests.Tools;
using EyesonBridge.Hosting;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Chart.Tests.Manifests;

/// <summary>The values know each setting of the program, and none that it does not have.</summary>
public sealed class SettingsTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Tool.Chart, "values.schema.json")))!;

    /// <param name="section">The section of the settings.</param>
    /// <param name="values">Where the values hold its settings under their own names.</param>
    /// <param name="others">Settings that have values of other names, or that the chart decides.</param>
    [Theory]
    [InlineData("Observer", "observer", "")]
    [InlineData("Permalinks", "permalinks", "")]
    [InlineData("Discovery", "discovery.settings", "Enabled")]
    [InlineData("Webhook", "webhook.settings", "Enabled Url")]
    [InlineData("Management", "management", "Url Prometheus")]
    [InlineData("Bus", "broker.settings", "Transport Url Username Password ControlQueue CaFile ClientCertificateFile ClientKeyFile")]
    [InlineData("Eyeson", "", "Url Authentication Accounts CaFile")]
    [InlineData("Outbox", "", "MaxBytes")]
    [InlineData("Host", "", "ShutdownTimeout")]
    [InlineData("Store", "store.settings", "Provider ConnectionString PasswordFile")]
    public void Values_OfASection_AreItsSettings(string section, string values, string others)
    {
        var settings = BridgeOptions.Sections
            .Where(candidate => string.Equals(candidate.Name, section, StringComparison.Ordinal))
            .SelectMany(candidate => candidate.OptionsType.GetProperties())
            .Where(property => property.CanWrite)
            .Select(property => property.Name)
            .ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(settings);

        var path = $"properties.{values.Replace(".", ".properties.", StringComparison.Ordinal)}.properties";
        var known = values.Length == 0
            ? []
            : Schema.At(path).AsObject().Where(property => !IsDeprecated(property.Value)).Select(property => property.Key).ToHashSet(StringComparer.Ordinal);

        Assert.Equal("", string.Join(' ', known.Except(settings, StringComparer.Ordinal)));
        Assert.Equal("", string.Join(' ', settings.Except(known, StringComparer.Ordinal).Except(others.Split(' '), StringComparer.Ordinal)));
    }

    /// <summary>What the program refuses at its start, the values refuse before anything is installed.</summary>
    [Theory]
    [InlineData("Observer", "observer")]
    [InlineData("Permalinks", "permalinks")]
    [InlineData("Discovery", "discovery.settings")]
    [InlineData("Webhook", "webhook.settings")]
    [InlineData("Management", "management")]
    [InlineData("Bus", "broker.settings")]
    [InlineData("Store", "store.settings")]
    public void Values_OfASection_HaveItsLimits(string section, string values)
    {
        var program = JsonNode.Parse(File.ReadAllText(RepositoryRoot.PathTo("appsettings.schema.json")))!.At($"properties.{section}.properties");
        var chart = Schema.At($"properties.{values.Replace(".", ".properties.", StringComparison.Ordinal)}.properties").AsObject();

        foreach (var (name, setting) in chart.Where(property => !IsDeprecated(property.Value)))
        {
            foreach (var limit in (string[])["pattern", "minimum", "maximum"])
                Assert.Equal($"{name} {limit}: {program[name]![limit]}", $"{name} {limit}: {setting![limit]}");
        }
    }

    /// <summary>Whether it is accepted only for the values of those who had set it when there was such a setting.</summary>
    private static bool IsDeprecated(JsonNode? property) => property?["deprecated"]?.GetValue<bool>() == true;
}
