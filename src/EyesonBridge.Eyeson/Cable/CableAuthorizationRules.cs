using System.Buffers;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>Which API keys can travel in which way.</summary>
public static class CableAuthorizationRules
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>
    /// What speaks against this key with this authorization, for people and without the key; null when nothing does.
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
                "The API key has a space, a control or a non-ASCII character and cannot be sent in a header.",
            CableAuthorization.Subprotocol when apiKey.AsSpan().ContainsAnyExcept(TokenCharacters) =>
                "The API key has characters that a WebSocket subprotocol cannot have (such as '/' or '='). Use the header or the query.",
            CableAuthorization.Header or CableAuthorization.Subprotocol or CableAuthorization.Query => null,
            _ => $"There is no authorization '{authorization}'.",
        };
    }
}
