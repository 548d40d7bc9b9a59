namespace EyesonBridge.Storage;

/// <summary>What a replica found of the API key of an account, for the others to know.</summary>
/// <param name="Account">Name of the account, in upper case.</param>
/// <param name="Fingerprint">Tells the key from others; the key cannot be had from it.</param>
/// <param name="IsRefused">True when Eyeson rejected it; false when Eyeson accepted it after one had been rejected.</param>
internal sealed record KeyFinding(string Account, string Fingerprint, bool IsRefused)
{
    /// <summary>When it was found, by the clock of the store; set by the store.</summary>
    public DateTimeOffset At { get; init; }
}
