namespace EyesonBridge.Eyeson.Cable;

/// <summary>What has not come in time.</summary>
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
