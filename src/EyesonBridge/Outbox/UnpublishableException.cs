namespace EyesonBridge.Outbox;

/// <summary>The client itself refuses an event: nothing was sent, and nothing is wrong with the broker.</summary>
internal sealed class UnpublishableException(Exception reason) : Exception($"it cannot be sent: {reason.Message}", reason);
