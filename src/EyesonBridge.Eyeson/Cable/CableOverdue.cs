namespace EyesonBridge.Eyeson.Cable;

/// <summary>What was not received in time.</summary>
internal enum CableOverdue
{
    Nothing,
    Connect,
    Welcome,
    FirstConfirmation,
    Confirmation,
    Frame,
    CloseAnswer,
}
