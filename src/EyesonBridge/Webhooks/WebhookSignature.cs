using System.Security.Cryptography;
using System.Text;

namespace EyesonBridge.Webhooks;

/// <summary>Eyeson's signature of a webhook: lowercase hex of HMAC-SHA256 over the raw body with the API key.</summary>
internal static class WebhookSignature
{
    public const string Header = "X-Eyeson-Signature";

    /// <summary>True when the signature is that of the body; takes the same time whatever is wrong with it.</summary>
    public static bool IsValid(ReadOnlySpan<byte> body, string? signature, string apiKey)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(apiKey), body, expected);

        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isHex = signature?.Length == 2 * HMACSHA256.HashSizeInBytes
            && Convert.FromHexString(signature, given, out _, out _) == System.Buffers.OperationStatus.Done;
        return CryptographicOperations.FixedTimeEquals(expected, given) & isHex;
    }
}
