using System.Text.RegularExpressions;

namespace EyesonBridge.Eyeson;

/// <summary>Why the network did not do what was asked, in words that hold no secret.</summary>
internal static partial class NetworkFailure
{
    /// <summary>One sentence. The framework names a proxy by its address, with the user and password that it may have.</summary>
    public static string Describe(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } refused)
                return refused.StatusCode is { } status ? $"The proxy refused the tunnel with HTTP status {(int)status}." : "The proxy refused the tunnel.";
        }

        return UserInfo().Replace(error.GetBaseException().Message, "://");
    }

    [GeneratedRegex(@"://[^\s'""]*@", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserInfo();
}
