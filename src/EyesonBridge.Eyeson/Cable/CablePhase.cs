namespace EyesonBridge.Eyeson.Cable;

/// <summary>What a connection waits for.</summary>
internal enum CablePhase
{
    Connecting,
    AwaitingWelcome,
    AwaitingConfirmation,
    Subscribed,
    Closing,
}
