using EyesonBridge.Simulator;
using EyesonBridge.Testing;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>
/// A worker on which every way to an observation is open: permalinks for the account <c>default</c>, webhooks for
/// <c>hooked</c>, discovery for <c>found</c>. One for all tests of the collection.
/// </summary>
public sealed class WaysFixture(RabbitMqFixture rabbit) : IAsyncLifetime
{
    internal const string HookedKey = "hooked-key";
    internal const string FoundKey = "found-key";

    private readonly TempFolder _folder = new();

    internal Uri Broker => rabbit.Url;

    internal string ControlQueue { get; } = RabbitMqServer.UniqueName("ways");

    internal EyesonSimulator Simulator { get; private set; } = null!;

    internal BridgeProcess Bridge { get; private set; } = null!;

    internal EventCollector Events { get; private set; } = null!;

    internal ControlSender Control { get; private set; } = null!;

    /// <summary>The worker's environment.</summary>
    internal Dictionary<string, string> Settings { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Simulator = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [BridgeFixture.ApiKey, HookedKey, FoundKey] }, Cancellation);
        Settings = SettingsFor("bridge.db");
        Bridge = await BridgeProcess.StartReadyAsync(Settings, Cancellation);
        Events = await EventCollector.StartAsync(Broker, "IRoomEvent", Cancellation);
        Control = await ControlSender.ConnectAsync(Broker, ControlQueue, Cancellation);
    }

    /// <summary>A permalink with a room of its own.</summary>
    internal SimulatedPermalink CreatePermalink() => Simulator.CreatePermalink("Weekly", roomId: RabbitMqServer.UniqueName("permalink"));

    /// <summary>Where Eyeson is to send the events of an account.</summary>
    internal async Task<Uri> WebhookUrlAsync(string account = "hooked") =>
        new(await Bridge.ListensAtAsync(Cancellation), $"webhooks/eyeson/{account}");

    public async ValueTask DisposeAsync()
    {
        if (Control is not null)
            await Control.DisposeAsync();
        if (Events is not null)
            await Events.DisposeAsync();
        if (Bridge is not null)
            await Bridge.DisposeAsync();
        if (Simulator is not null)
            await Simulator.DisposeAsync();
        _folder.Dispose();
    }

    internal Dictionary<string, string> SettingsFor(string storeFile)
    {
        var settings = BridgeSettings.For(Simulator.Url, BridgeFixture.ApiKey, Broker, ControlQueue, _folder.Combine(storeFile));
        settings["Eyeson__Accounts__hooked__ApiKey"] = HookedKey;
        settings["Eyeson__Accounts__found__ApiKey"] = FoundKey;
        settings["Permalinks__PollInterval"] = "00:00:01";
        settings["Webhook__Enabled"] = "true";
        settings["Discovery__Enabled"] = "true";
        settings["Discovery__Interval"] = "00:00:01";
        settings["Discovery__Accounts__0"] = "found";
        return settings;
    }
}
