namespace EyesonBridge.Accounts.Sharing;

/// <summary>What is logged of the keys that other replicas tell of; ids 7110 to 7119.</summary>
internal static partial class SharedKeyLog
{
    [LoggerMessage(7110, LogLevel.Warning, "Another replica reports that Eyeson rejects the API key of account {Account}; this one will not use the account again until its key is replaced")]
    public static partial void KeyRefusedElsewhere(this ILogger logger, string account);

    [LoggerMessage(7111, LogLevel.Information, "Another replica reports that Eyeson accepts the API key of account {Account} again")]
    public static partial void KeyAcceptedElsewhere(this ILogger logger, string account);

    [LoggerMessage(7112, LogLevel.Error, "Exchanging with other replicas which API keys Eyeson rejects failed; will try again")]
    public static partial void SharingFailed(this ILogger logger, Exception exception);
}
