using EyesonBridge.Simulator;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>
/// A worker on which every way to an observation is open: permalinks for the account <c>default</c>, webhooks for
/// <c>hooked</c>, discovery for <c>found</c>. One for all tests of the collection.
/// </summary>
public sealed class WaysFixture(RabbitMqFixture rabbit) : WorkerFixture(rabbit, "ways", HookedKey, FoundKey)
{
    internal const string HookedKey = "hooked-key";
    internal const string FoundKey = "found-key";

    /// <summary>A permalink with a room of its own.</summary>
    internal SimulatedPermalink CreatePermalink() => Simulator.CreatePermalink("Weekly", roomId: RabbitMqServer.UniqueName("permalink"));

    /// <summary>Where Eyeson is to send the events of an account.</summary>
    internal async Task<Uri> WebhookUrlAsync(string account = "hooked") =>
        new(await Bridge.ListensAtAsync(Cancellation), $"webhooks/eyeson/{account}");

    private protected override void Configure(Dictionary<string, string> settings)
    {
        settings["Eyeson__Accounts__hooked__ApiKey"] = HookedKey;
        settings["Eyeson__Accounts__found__ApiKey"] = FoundKey;
        settings["Permalinks__PollInterval"] = "00:00:01";
        settings["Webhook__Enabled"] = "true";
        settings["Discovery__Enabled"] = "true";
        settings["Discovery__Interval"] = "00:00:01";
        settings["Discovery__Accounts__0"] = "found";
    }
}
