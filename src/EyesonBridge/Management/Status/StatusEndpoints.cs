namespace EyesonBridge.Management.Status;

/// <summary>The status page at <c>/</c>: read only, and nothing on it is secret.</summary>
internal static class StatusEndpoints
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void MapStatus(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/", static async (HttpContext context, StatusReader reader) =>
        {
            var query = StatusQuery.Read(context.Request.Query);
            var status = await reader.ReadAsync(query, context.RequestAborted);
            await SendAsync(context, "text/html; charset=utf-8", new StatusPage(status, query).Render());
        });
        endpoints.MapGet("/status.js", static context => SendAsync(context, "text/javascript; charset=utf-8", Resource("status.js")));
        endpoints.MapGet("/status.css", static context => SendAsync(context, "text/css; charset=utf-8", Resource("status.css")));
    }

    private static Task SendAsync(HttpContext context, string type, string text)
    {
        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static string Resource(string name)
    {
        using var stream = typeof(StatusEndpoints).Assembly.GetManifestResourceStream(typeof(StatusEndpoints), name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
