namespace EyesonBridge.Accounts;

/// <summary>What is logged of accounts; ids 3010, 3012 and 3013, in the range of the observation, where they were first.</summary>
internal static partial class AccountLog
{
    [LoggerMessage(3010, LogLevel.Warning, "GET /rooms for account {Account} gave no answer that tells: {Problem}")]
    public static partial void LookupFailed(this ILogger logger, string account, string problem);

    [LoggerMessage(3012, LogLevel.Error, "Eyeson refuses the API key of account {Account}; nothing more is tried with it until the account has another one")]
    public static partial void KeyRefused(this ILogger logger, string account);

    [LoggerMessage(3013, LogLevel.Information, "Eyeson takes the API key of account {Account} again")]
    public static partial void KeyAccepted(this ILogger logger, string account);
}
