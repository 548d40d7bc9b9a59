using System.Collections.Concurrent;
using EyesonBridge.Accounts;
using EyesonBridge.Pacing;
using EyesonBridge.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Webhooks;

/// <summary>
/// <c>POST /webhooks/eyeson/{account}</c>. Answers 204 after the event is on disk, 401 for a wrong signature, 404 for an
/// unknown account, 413 and 429 for too much, 503 while nothing can be stored; Eyeson then retries.
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

    private readonly ConcurrentDictionary<(string Account, bool IsGenuine), RateLimiter> _limiters = new();

    public async Task<IResult> HandleAsync(string account, HttpContext http)
    {
        if (accounts.Find(account) is not { } name || !accounts.TryGetKey(name, out var apiKey))
            return Results.NotFound();

        var body = await ReadAsync(http);
        var isGenuine = body is not null && WebhookSignature.IsValid(body, http.Request.Headers[WebhookSignature.Header], apiKey);
        if (!LimiterOf(name, isGenuine).TryTake())
            return Refuse(name, StatusCodes.Status429TooManyRequests, isGenuine ? "too many requests" : null);
        if (body is null)
            return Refuse(name, StatusCodes.Status413PayloadTooLarge, "the body is too large");
        if (!isGenuine)
            return Refuse(name, StatusCodes.Status401Unauthorized, "the signature is wrong");

        return await StoreAsync(name, body, http.RequestAborted);
    }

    /// <summary>What is not from Eyeson has a limit of its own: a flood of it must not push out what is.</summary>
    private RateLimiter LimiterOf(string account, bool isGenuine) =>
        _limiters.GetOrAdd((account, isGenuine), _ => new RateLimiter(options.Value.PerSecond, options.Value.PerSecond, time));

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

    /// <summary>A flood is not told of request by request.</summary>
    private IResult Refuse(string account, int status, string? problem)
    {
        if (problem is not null)
            logger.Refused(account, problem);
        return Results.StatusCode(status);
    }
}
