using System.Collections.Concurrent;
using EyesonBridge.Configuration;
using EyesonBridge.Observation;
using EyesonBridge.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Webhooks;

/// <summary>
/// <c>POST /webhooks/eyeson/{account}</c>. Answers 204 after the event is on disk, 401 for a wrong signature, 404 for an
/// unknown account, 413 and 429 for too much, 503 while nothing can be stored; Eyeson then tries again.
/// </summary>
internal sealed class WebhookEndpoint(
    WebhookReceiver receiver,
    AccountKeys accounts,
    IOptions<WebhookOptions> options,
    TimeProvider time,
    ILogger<WebhookEndpoint> logger)
{
    public const string Path = "/webhooks/eyeson/{account}";

    private static readonly TimeSpan StoreWithin = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, RateLimiter> _limiters = new(StringComparer.Ordinal);

    public async Task<IResult> HandleAsync(string account, HttpContext http)
    {
        if (accounts.Find(account) is not { } name || !accounts.TryGetKey(name, out var apiKey))
            return Results.NotFound();

        var perSecond = options.Value.PerSecond;
        if (!_limiters.GetOrAdd(name, _ => new RateLimiter(perSecond, perSecond, time)).TryTake())
            return Refuse(name, StatusCodes.Status429TooManyRequests, "too many at a time");
        if (await ReadAsync(http) is not { } body)
            return Refuse(name, StatusCodes.Status413PayloadTooLarge, "the body is too large");
        if (!WebhookSignature.IsValid(body, http.Request.Headers[WebhookSignature.Header], apiKey))
            return Refuse(name, StatusCodes.Status401Unauthorized, "the signature is wrong");

        return await StoreAsync(name, body, http.RequestAborted);
    }

    private async Task<IResult> StoreAsync(string account, byte[] body, CancellationToken aborted)
    {
        using var timeout = new CancellationTokenSource(StoreWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, aborted);
        try
        {
            await receiver.TakeAsync(account, body, either.Token);
            return Results.NoContent();
        }
        catch (Exception error) when (error is StoreException || (error is OperationCanceledException && timeout.IsCancellationRequested))
        {
            return Refuse(account, StatusCodes.Status503ServiceUnavailable, "it could not be stored in time");
        }
    }

    /// <summary>The whole body; null when it is larger than allowed, whatever its header says.</summary>
    private async Task<byte[]?> ReadAsync(HttpContext http)
    {
        var most = options.Value.MaxBodyBytes;
        if (http.Request.ContentLength > most)
            return null;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = null; // counted here

        var body = new MemoryStream();
        var buffer = new byte[8 * 1024];
        while (await http.Request.Body.ReadAsync(buffer, http.RequestAborted) is > 0 and var read)
        {
            if (body.Length + read > most)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private IResult Refuse(string account, int status, string problem)
    {
        logger.Refused(account, problem);
        return Results.StatusCode(status);
    }
}
