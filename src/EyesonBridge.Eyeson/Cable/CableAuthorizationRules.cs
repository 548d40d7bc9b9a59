using System.Buffers;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>Which API keys can be sent in which way.</summary>
public static class CableAuthorizationRules
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>
    /// Why this key cannot be sent with this authorization, for people and without the key; null when it can.
    /// A subprotocol must be an HTTP token (RFC 9110, 5.6.2), so a key with <c>/</c> or <c>=</c> cannot be one; a header
    /// takes visible ASCII only.
    /// </summary>
    public static string? Problem(CableAuthorization authorization, string? apiKey)
    {
        if (string.IsNullOrEmpty(apiKey))
            return "The API key is empty.";

        return authorization switch
        {
            CableAuthorization.Header when apiKey.AsSpan().ContainsAnyExceptInRange('!', '~') =>
                "The API key contains a space, a control character or a non-ASCII character and cannot be sent in a header.",
            CableAuthorization.Subprotocol when apiKey.AsSpan().ContainsAnyExcept(TokenCharacters) =>
                "The API key contains characters that a WebSocket subprotocol does not allow (such as '/' or '='). Use Header or Query.",
            CableAuthorization.Header or CableAuthorization.Subprotocol or CableAuthorization.Query => null,
            _ => $"Unknown authorization '{authorization}'.",
        };
    }
}
