using EyesonBridge.Discovery;
using EyesonBridge.Hosting;
using EyesonBridge.Permalinks;
using EyesonBridge.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Tests.Configuration;

public sealed class WaysOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreFine()
    {
        Assert.True(new PermalinkOptionsValidator().Validate(null, new PermalinkOptions()).Succeeded);
        Assert.True(new DiscoveryOptionsValidator().Validate(null, new DiscoveryOptions()).Succeeded);
        Assert.True(new WebhookOptionsValidator().Validate(null, new WebhookOptions()).Succeeded);
    }

    [Fact]
    public void Validate_Permalinks_NamesEachMistake() => AssertNamed(
        new PermalinkOptionsValidator().Validate(null, new PermalinkOptions { PollInterval = TimeSpan.FromMilliseconds(999), CallsPerSecond = 0 }),
        "Permalinks:PollInterval",
        "Permalinks:CallsPerSecond");

    [Fact]
    public void Validate_Discovery_NamesEachMistake() => AssertNamed(
        new DiscoveryOptionsValidator().Validate(null, new DiscoveryOptions { Interval = TimeSpan.Zero, MaxRooms = 0 }),
        "Discovery:Interval",
        "Discovery:MaxRooms");

    [Fact]
    public void Validate_Webhook_NamesEachMistake() => AssertNamed(
        new WebhookOptionsValidator().Validate(null, new WebhookOptions { MaxBodyBytes = 1023, PerSecond = 100_001 }),
        "Webhook:MaxBodyBytes",
        "Webhook:PerSecond");

    [Fact]
    public void UnknownAccounts_NamedAndNotConfigured_AreProblems()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Eyeson:Accounts:default:ApiKey"] = "a-key",
            ["Discovery:Accounts:0"] = "Default",
            ["Discovery:Accounts:1"] = "nobodys",
        }).Build();

        Assert.Contains("'nobodys'", Assert.Single(DiscoveryOptionsValidator.UnknownAccounts(configuration)), StringComparison.Ordinal);
        Assert.Contains(BridgeOptions.Problems(configuration), problem => problem.Contains("'nobodys'", StringComparison.Ordinal));
    }

    private static void AssertNamed(ValidateOptionsResult result, params string[] settings)
    {
        Assert.Equal(settings.Length, result.Failures!.Count());
        Assert.All(settings, setting => Assert.Contains(result.Failures!, failure => failure.StartsWith(setting, StringComparison.Ordinal)));
    }
}
