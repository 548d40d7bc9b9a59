using System.Net.Security;
using EyesonBridge.Tls;

namespace EyesonBridge.Accounts;

/// <summary>What sends the calls of REST.</summary>
internal static class EyesonHttpHandler
{
    /// <summary>Without traces of its own, and without trace headers: paths hold the tokens of permalinks.</summary>
    public static SocketsHttpHandler Create(ServerTrust trust) => new()
    {
        UseCookies = false,
        AllowAutoRedirect = false, // another server would be sent the key, or a token in the path
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = trust.Accepts },
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // the client lives as long as the process: so host names must be resolved again
    };
}
