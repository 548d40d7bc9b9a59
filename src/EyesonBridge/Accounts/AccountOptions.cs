namespace EyesonBridge.Accounts;

/// <summary>An API key of Eyeson, given in one of two ways.</summary>
internal sealed class AccountOptions
{
    /// <summary>The key itself.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Path of a file that holds the key and nothing else, such as a mounted secret. Read again when it changes.</summary>
    public string? ApiKeyFile { get; set; }
}
