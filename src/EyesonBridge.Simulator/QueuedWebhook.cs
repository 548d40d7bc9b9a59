namespace EyesonBridge.Simulator;

/// <summary>A webhook that waits to be sent.</summary>
internal sealed record QueuedWebhook(SimulatedWebhook Webhook, string Type, byte[] Body)
{
    /// <summary>A signature made before; null makes one.</summary>
    public string? Signature { get; init; }
}
