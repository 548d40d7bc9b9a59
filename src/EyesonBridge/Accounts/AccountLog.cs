namespace EyesonBridge.Accounts;

/// <summary>What is logged of accounts; ids 3010, 3012 and 3013, in the range of the observation, where they were first.</summary>
internal static partial class AccountLog
{
    [LoggerMessage(3010, LogLevel.Warning, "GET /rooms for account {Account} gave no usable answer: {Problem}")]
    public static partial void LookupFailed(this ILogger logger, string account, string problem);

    [LoggerMessage(3012, LogLevel.Error, "Eyeson rejects the API key of account {Account}; the bridge will not use the account again until its key is replaced")]
    public static partial void KeyRefused(this ILogger logger, string account);

    [LoggerMessage(3013, LogLevel.Information, "Eyeson accepts the API key of account {Account} again")]
    public static partial void KeyAccepted(this ILogger logger, string account);
}
