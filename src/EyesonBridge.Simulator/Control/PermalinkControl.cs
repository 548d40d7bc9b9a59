namespace EyesonBridge.Simulator.Control;

/// <summary>Permalinks and webhooks below <c>/simulator</c>.</summary>
internal static class PermalinkControl
{
    public static void Map(Action<string, string, Func<HttpRequest, Task<object>>> handle, EyesonSimulator simulator)
    {
        handle("GET", "/simulator/permalinks", _ => Done(simulator.Permalinks.Select(View)));
        handle("POST", "/simulator/permalinks", async request =>
        {
            var body = await ControlBody.ReadAsync<CreatePermalinkBody>(request);
            return View(simulator.CreatePermalink(body.Name, body.ExpiresAt, body.Host, body.RoomId, body.ApiKey));
        });
        handle("GET", "/simulator/permalinks/{id}", request => Done(View(Find(request))));
        handle("DELETE", "/simulator/permalinks/{id}", request =>
        {
            var permalink = Find(request);
            simulator.DeletePermalink(permalink.Id);
            return Done(View(permalink));
        });
        On<EmptyBody>("start", static (permalink, _) => permalink.Start());
        On<EmptyBody>("end", static (permalink, _) => permalink.End());
        On<ExpireBody>("expire", static (permalink, body) =>
        {
            permalink.Expire();
            permalink.ExpiresAt = body.At ?? permalink.ExpiresAt;
        });
        On<SimulatedUser>("users", static (permalink, user) => permalink.AddUser(user));

        handle("GET", "/simulator/webhooks", _ => Done(simulator.Webhooks.Webhooks.Select(View)));
        handle("POST", "/simulator/webhooks", async request =>
        {
            var body = await ControlBody.ReadAsync<RegisterWebhookBody>(request);
            return View(simulator.RegisterWebhook(body.Url, body.Types, body.ApiKey));
        });
        handle("GET", "/simulator/webhooks/deliveries", _ => Done(simulator.WebhookDeliveries.Select(ControlViews.Delivery)));

        void On<T>(string action, Action<SimulatedPermalink, T> act) =>
            handle("POST", $"/simulator/permalinks/{{id}}/{action}", async request =>
            {
                var permalink = Find(request);
                act(permalink, await ControlBody.ReadAsync<T>(request));
                return View(permalink);
            });

        SimulatedPermalink Find(HttpRequest request) =>
            simulator.FindPermalink((string)request.RouteValues["id"]!) ?? throw new KeyNotFoundException("There is no such permalink.");
    }

    private static Task<object> Done(object answer) => Task.FromResult(answer);

    private static object View(SimulatedPermalink permalink) => new
    {
        permalink.Id,
        permalink.Name,
        permalink.RoomId,
        permalink.GuestToken,
        permalink.UserTokens,
        permalink.CreatedAt,
        permalink.ExpiresAt,
        permalink.IsExpired,
        startedAt = permalink.Room?.StartedAt,
    };

    private static object View(SimulatedWebhook webhook) => new
    {
        webhook.Id,
        webhook.Url,
        webhook.Types,
        webhook.LastRequestSentAt,
        webhook.LastResponseCode,
    };

    /// <summary>Body of <c>POST /simulator/permalinks</c>.</summary>
    private sealed record CreatePermalinkBody(
        string? Name = null, DateTimeOffset? ExpiresAt = null, SimulatedUser? Host = null, string? RoomId = null, string? ApiKey = null);

    /// <summary>Body of <c>expire</c>; null is a second ago.</summary>
    private sealed record ExpireBody(DateTimeOffset? At = null);

    /// <summary>Body of <c>POST /simulator/webhooks</c>.</summary>
    private sealed record RegisterWebhookBody(Uri Url, IReadOnlyList<string>? Types = null, string? ApiKey = null);
}
