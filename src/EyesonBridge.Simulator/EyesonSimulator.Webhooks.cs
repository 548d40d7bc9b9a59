using EyesonBridge.Simulator.Wire;

namespace EyesonBridge.Simulator;

/// <content>Webhooks, and what was sent to them.</content>
public sealed partial class EyesonSimulator
{
    /// <summary>The webhooks sent so far, at most the last thousand, whether they arrived or not.</summary>
    public IReadOnlyList<WebhookDelivery> WebhookDeliveries => Webhooks.Deliveries;

    internal WebhookSender Webhooks { get; }

    /// <summary>The webhook of a key; null when it has none.</summary>
    /// <param name="apiKey">The key; the first of the accepted ones when null.</param>
    public SimulatedWebhook? FindWebhook(string? apiKey = null) => Webhooks.Find(apiKey ?? Options.ApiKeys[0]);

    /// <summary>Has events sent to an address, instead of the one that the key has now.</summary>
    /// <param name="url">Where to; other than Eyeson the simulator takes http as well.</param>
    /// <param name="types">Which: <c>room_update</c>, <c>recording_update</c>, <c>snapshot_update</c>; all three when null.</param>
    /// <param name="apiKey">The key; the first of the accepted ones when null.</param>
    public SimulatedWebhook RegisterWebhook(Uri url, IReadOnlyList<string>? types = null, string? apiKey = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        return Webhooks.Register(apiKey ?? Options.ApiKeys[0], url, types ?? [WireTypes.RoomUpdate, WireTypes.RecordingUpdate, WireTypes.SnapshotUpdate]);
    }

    /// <summary>Sends a webhook once more: the same body with the same signature.</summary>
    public void Resend(WebhookDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        Webhooks.Resend(delivery);
    }

    /// <summary>Completes once so many webhooks have been sent since the start, answered or not.</summary>
    public Task WhenDeliveredAsync(int count, CancellationToken ct) => Webhooks.WhenDeliveredAsync(count, ct);
}
