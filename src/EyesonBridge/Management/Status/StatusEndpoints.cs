using EyesonBridge.Storage;

namespace EyesonBridge.Management.Status;

/// <summary>The status page at <c>/</c>, and that of a room: read only, and nothing on them is secret.</summary>
internal static class StatusEndpoints
{
    private const string Html = "text/html; charset=utf-8";

    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void MapStatus(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/", static (HttpContext context, StatusReader reader) => SendPageAsync(context, async () =>
        {
            var query = StatusQuery.Read(context.Request.Query);
            var rooms = await reader.ReadRoomsAsync(query.Filter, (query.Page - 1) * StatusQuery.PageSize, StatusQuery.PageSize, context.RequestAborted);
            return new StatusPage(await reader.ReadAsync(context.RequestAborted), rooms, query).Render();
        })).ExcludeFromDescription();
        endpoints.MapGet("/room", static (HttpContext context, StatusReader reader, TimeProvider time) => SendPageAsync(context, async () =>
        {
            var roomId = context.Request.Query["id"].ToString();
            var room = await reader.ReadRoomAsync(roomId, context.RequestAborted);
            if (room is null)
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            return new RoomDetailsPage(roomId, room, time.GetUtcNow()).Render();
        })).ExcludeFromDescription();
        endpoints.MapGet("/status.js", static context => SendAsync(context, "text/javascript; charset=utf-8", Resource("status.js")));
        endpoints.MapGet("/status.css", static context => SendAsync(context, "text/css; charset=utf-8", Resource("status.css")));
    }

    private static async Task SendPageAsync(HttpContext context, Func<Task<string>> renderAsync)
    {
        try
        {
            await SendAsync(context, Html, await renderAsync());
        }
        catch (StoreException unreadable)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await SendAsync(context, Html, new HtmlPage("EyesonBridge", "<h1>EyesonBridge</h1>").Add($"<p class=\"bad\">The store cannot be read: {HtmlText.Escape(unreadable.Message)}</p>").Close());
        }
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
