using System.Security.Cryptography;
using System.Text;

namespace EyesonBridge.Accounts.Sharing;

/// <summary>What replicas call a key when they tell each other of it: a hash, for the key itself is not to be in the database.</summary>
internal static class KeyFingerprint
{
    /// <summary>The account as it is told of, whatever its case is in the settings.</summary>
    public static string AccountOf(string account) => account.ToUpperInvariant();

    /// <summary>The same key of another account has another one.</summary>
    public static string Of(string account, string apiKey) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"eyeson-bridge key\n{AccountOf(account)}\n{apiKey}")));
}
