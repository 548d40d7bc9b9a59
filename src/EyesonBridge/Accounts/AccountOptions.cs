namespace EyesonBridge.Accounts;

/// <summary>An API key of Eyeson, given in one of two ways.</summary>
internal sealed class AccountOptions
{
    /// <summary>The API key of the account. Commands that name no account mean the one with the name <c>default</c>.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Path of a file that holds that key and nothing else, such as a mounted secret. Read again when it changes.</summary>
    public string? ApiKeyFile { get; set; }
}
