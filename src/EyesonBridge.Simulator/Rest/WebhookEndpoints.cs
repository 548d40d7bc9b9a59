using System.Globalization;
using EyesonBridge.Simulator.Wire;
using static EyesonBridge.Simulator.Rest.RestAnswers;

namespace EyesonBridge.Simulator.Rest;

/// <summary>The webhook of a key.</summary>
internal static class WebhookEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, EyesonSimulator simulator, RestGuard guard)
    {
        routes.MapGet("/webhooks", (RequestDelegate)(context => guard.AnswerAsync(context, (_, key) =>
            simulator.Webhooks.Find(key) is { } webhook ? Json(Describe(webhook)) : Results.NotFound())));

        routes.MapPost("/webhooks", (RequestDelegate)(context => guard.AnswerAsync(context, RegisterAsync)));

        routes.MapDelete("/webhooks/{webhook_id}", (RequestDelegate)(context => guard.AnswerAsync(context, (request, key) =>
            simulator.Webhooks.Remove(key, Value(request, "webhook_id")) ? Results.NoContent() : Results.NotFound())));

        async Task<IResult> RegisterAsync(HttpRequest request, string key)
        {
            if (await RestBody.ReadAsync(request) is not { } body)
                return Results.BadRequest();
            if (!Uri.TryCreate(body["url"], UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                return Invalid("url is invalid");

            var types = (body["types"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return types.Length == 0 ? Invalid("types are missing") : Created(Describe(simulator.RegisterWebhook(url, types, key)));
        }
    }

    private static object Describe(SimulatedWebhook webhook) => new
    {
        webhook.Id,
        Url = webhook.Url.AbsoluteUri,
        webhook.Types,
        LastRequestSentAt = webhook.LastRequestSentAt is { } sentAt ? WireJson.Time(sentAt) : null,
        LastResponseCode = webhook.LastResponseCode?.ToString(CultureInfo.InvariantCulture),
    };
}
