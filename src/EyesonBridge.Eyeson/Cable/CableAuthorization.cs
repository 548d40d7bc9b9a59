namespace EyesonBridge.Eyeson.Cable;

/// <summary>The three ways in which Eyeson takes the API key on the observer socket.</summary>
public enum CableAuthorization
{
    /// <summary>In the <c>Authorization</c> header, bare. The default; it appears in no URL.</summary>
    Header,

    /// <summary>As one more WebSocket subprotocol. Only for keys that are an HTTP token (see <see cref="CableAuthorizationRules"/>).</summary>
    Subprotocol,

    /// <summary>As the query parameter <c>api_key</c>. Proxies tend to log URLs: the last choice.</summary>
    Query,
}
