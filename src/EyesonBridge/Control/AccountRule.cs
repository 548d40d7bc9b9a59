using EyesonBridge.Accounts;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Control;

/// <summary>What to answer when a command names an account that is not configured.</summary>
internal static class AccountRule
{
    public static CommandRejected Unknown(string? account, AccountKeys accounts) => new()
    {
        Code = RejectionCodes.UnknownAccount,
        Message = $"No account '{SenderText.Cut(account) ?? AccountKeys.DefaultAccount}' is configured. Configured accounts: {string.Join(", ", accounts.Names)}.",
    };
}
