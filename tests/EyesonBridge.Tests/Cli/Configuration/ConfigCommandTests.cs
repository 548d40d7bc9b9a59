using System.Collections;
using System.Text.Json.Nodes;
using EyesonBridge.Cli.Configuration;
using EyesonBridge.Hosting;
using EyesonBridge.Testing;
using Microsoft.Extensions.Configuration;

namespace EyesonBridge.Tests.Cli.Configuration;

public sealed class ConfigCommandTests : IDisposable
{
    private readonly TempFolder _secrets = new();

    public void Dispose() => _secrets.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Show_EachOrigin_IsNamed()
    {
        await File.WriteAllTextAsync(_secrets.Combine("Bus__Url"), "amqps://bridge:secret@broker/vhost\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_secrets.Combine("Eyeson__Accounts__second__ApiKey"), "file-key\n", TestContext.Current.CancellationToken);
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [SecretsDirectory.Variable] = _secrets.Path,
            ["Bus__Url"] = "amqp://overridden",
            ["Eyeson__Accounts__default__ApiKey"] = "environment-key",
            ["OBSERVER__SILENCETIMEOUT"] = "00:00:09",
            ["Discovery__Accounts__0"] = "default",
            ["Bus__ConcurrentRooms"] = "8",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "authorization=environment-key",
        };

        var run = await CommandRun.OfAsync(environment, "config", "show", "--output", "json", "--control-queue", "other");

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var settings = JsonNode.Parse(run.Output)!["settings"]!.AsArray().ToDictionary(setting => (string)setting!["name"]!, setting => setting!, StringComparer.Ordinal);
        AssertIs("Bus:Url", "amqps://bridge:***@broker/vhost", "file", _secrets.Combine("Bus__Url"), isSecret: true);
        AssertIs("Bus:ControlQueue", "other", "argument", "--control-queue");
        AssertIs("Observer:SilenceTimeout", "00:00:09", "environment", "OBSERVER__SILENCETIMEOUT");
        AssertIs("Observer:ConnectTimeout", "00:00:10", "appsettings", "appsettings.json");
        AssertIs("Eyeson:Accounts:default:ApiKey", "***", "environment", "Eyeson__Accounts__default__ApiKey", isSecret: true);
        AssertIs("Eyeson:Accounts:default:ApiKeyFile", null, "default", null);
        AssertIs("Eyeson:Accounts:second:ApiKey", null, "default", null);
        AssertIs("Eyeson:Accounts:second:ApiKeyFile", _secrets.Combine("Eyeson__Accounts__second__ApiKey"), "file", _secrets.Combine("Eyeson__Accounts__second__ApiKey"));
        AssertIs("Discovery:Accounts:0", "default", "environment", "Discovery__Accounts__0");
        AssertIs("OTEL_EXPORTER_OTLP_HEADERS", "***", "environment", "OTEL_EXPORTER_OTLP_HEADERS", isSecret: true);
        Assert.Equal(["Bus:ConcurrentRooms"], settings.Values.Where(setting => !(bool)setting["known"]!).Select(setting => (string?)setting["name"]));
        Assert.DoesNotContain("-key\"", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret@", run.Output, StringComparison.Ordinal);

        void AssertIs(string name, string? value, string from, string? where, bool isSecret = false) => Assert.Equal(
            (name, value, from, where, isSecret),
            (name, (string?)settings[name]["value"], (string?)settings[name]["from"], (string?)settings[name]["where"], (bool)settings[name]["secret"]!));
    }

    [Fact(Timeout = 60_000)]
    public async Task Show_Changed_LeavesOutDefaultsAndMarksWhatIsUnknown()
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Bus__Url"] = "amqp://guest:pass@broker", ["Bus__Urll"] = "amqp://guest:pass@broker" };

        var run = await CommandRun.OfAsync(environment, "config", "show", "--changed");

        Assert.Equal(3, run.Lines.Count);
        Assert.Matches(@"^SETTING +VALUE +FROM$", run.Lines[0]);
        Assert.Matches(@"^Bus:Url +amqp://guest:\*\*\*@broker +Bus__Url$", run.Lines[1]);
        Assert.Matches(@"^Bus:Urll +\*\*\* +Bus__Urll  \(unknown: it has no effect\)$", run.Lines[2]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Show_EmptyVariable_CountsAsTheBridgeTakesIt()
    {
        var run = await CommandRun.OfAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Bus__Url"] = "" }, "list");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Bus:Url must be an address", run.Errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Show_FolderOfSecretsThatIsMissing_SaysSo()
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { [SecretsDirectory.Variable] = _secrets.Combine("missing") };

        var run = await CommandRun.OfAsync(environment, "config", "show");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains($"the folder '{_secrets.Combine("missing")}' does not exist", run.Errors, StringComparison.Ordinal);
    }

    /// <summary>What is shown is what the bridge runs with, in this environment.</summary>
    [Fact(Timeout = 60_000)]
    public async Task Settings_AreThose_OfTheBridge()
    {
        const string Key = "Eyeson:Accounts:default:ApiKey";
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value, StringComparer.Ordinal);
        var layers = new SettingLayers(AppContext.BaseDirectory, environment, new Dictionary<string, string?>(StringComparer.Ordinal));
        await using var bridge = BridgeHost.Build(new Dictionary<string, string?>(StringComparer.Ordinal) { [Key] = "a-key" });

        var names = SettingList.Of(layers).Select(setting => setting.Name).Where(name => !name.Equals(Key, StringComparison.OrdinalIgnoreCase)).ToList();

        Assert.Contains("Webhook:ReplayWindow", names);
        Assert.All(names, name => Assert.Equal(((IConfiguration)bridge.Configuration)[name], layers.Effective[name]));
    }

    [Theory]
    [InlineData("Bus:Url", "amqp://user:pass@host:5672/v", "amqp://user:***@host:5672/v")]
    [InlineData("Bus:Url", "amqp://user:p@ss/w:rd@host", "amqp://user:***@host")]
    [InlineData("Bus:Url", "amqp://token@host", "amqp://***@host")]
    [InlineData("Bus:Url", "amqp://host", "amqp://host")]
    [InlineData("Eyeson:Url", "https://host/path?key=1&b=2", "https://host/path?***")]
    [InlineData("Store:ConnectionString", "Host=db;Username=u;Password=se;Database=d", "Host=db;Username=u;Password=***;Database=d")]
    [InlineData("Store:ConnectionString", "Host=db;Psw=se;SslPassword=cret;Database=d", "Host=db;Psw=***;SslPassword=***;Database=d")]
    [InlineData("Store:ConnectionString", "Host=db;pwd = 's;e';Database=d", "Host=db;pwd = ***;Database=d")]
    [InlineData("Store:ConnectionString", "Data Source=data/bridge.db", "Data Source=data/bridge.db")]
    [InlineData("Eyeson:Accounts:default:ApiKey", "key", "***")]
    [InlineData("Eyeson:Accounts:default:ApiKeyFile", "/run/secrets/key", "/run/secrets/key")]
    public void Mask_WhatIsSecret_IsLeftOut(string name, string value, string shown) =>
        Assert.Equal((shown, !string.Equals(shown, value, StringComparison.Ordinal)), SettingMask.Of(name, value));
}
