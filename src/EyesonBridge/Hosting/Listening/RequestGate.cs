using EyesonBridge.Management;
using Microsoft.AspNetCore.Http.Features;

namespace EyesonBridge.Hosting.Listening;

/// <summary>
/// What a request has to be before anything looks at it: without dot segments in its path, at the address that serves the
/// path, and for the operators' paths with a host name that is allowed.
/// </summary>
internal sealed class RequestGate(Listeners listeners, HostRule hosts)
{
    private const string Webhooks = "/webhooks";

    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (HasDotSegment(target))
            return RefuseAsync(http, StatusCodes.Status400BadRequest);

        var isWebhook = http.Request.Path.StartsWithSegments(Webhooks, StringComparison.OrdinalIgnoreCase);
        if (listeners.AreSeparate && listeners.IsForWebhooks(http.Connection.LocalPort) != isWebhook)
            return RefuseAsync(http, StatusCodes.Status404NotFound);

        return isWebhook || hosts.Allows(http.Request.Host.Host)
            ? next(http)
            : RefuseAsync(http, StatusCodes.Status400BadRequest);
    }

    /// <summary>
    /// A segment that names its own folder or the one above. Kestrel resolves these before anything sees the path: what a
    /// proxy let through as <c>/webhooks/eyeson/../../</c> would arrive as <c>/</c>.
    /// </summary>
    private static bool HasDotSegment(ReadOnlySpan<char> target)
    {
        if (target.IndexOf('?') is >= 0 and var query)
            target = target[..query];
        foreach (var range in target.Split('/'))
        {
            if (IsDots(target[range]))
                return true;
        }

        return false;
    }

    private static bool IsDots(ReadOnlySpan<char> segment)
    {
        var dots = 0;
        while (segment.Length > 0)
        {
            var length = segment[0] == '.' ? 1 : segment.StartsWith("%2e", StringComparison.OrdinalIgnoreCase) ? 3 : 0;
            if (length == 0 || ++dots > 2)
                return false;
            segment = segment[length..];
        }

        return dots > 0;
    }

    private static Task RefuseAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
