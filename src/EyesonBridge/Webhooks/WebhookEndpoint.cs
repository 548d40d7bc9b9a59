using System.Collections.Concurrent;
using EyesonBridge.Accounts;
using EyesonBridge.Pacing;
using EyesonBridge.Storage;
using EyesonBridge.Telemetry;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Webhooks;

/// <summary>
/// <c>POST /webhooks/eyeson/{account}</c>. Answers 204 after the event is on disk, 401 for a wrong signature and for an
/// unknown account, 408, 413 and 429 for too slow and too much, 503 while nothing can be stored; Eyeson then retries.
/// </summary>
/// <remarks>
/// Who does not have a key learns nothing of the accounts: an unknown one is answered as a known one is, after the same
/// work, and all that is not from Eyeson has one limit together.
/// </remarks>
internal sealed class WebhookEndpoint(
    WebhookReceiver receiver,
    AccountKeys accounts,
    BodySlots slots,
    TakenWebhooks taken,
    IOptions<WebhookOptions> options,
    TimeProvider time,
    ILogger<WebhookEndpoint> logger)
{
    public const string Path = "/webhooks/eyeson/{account}";

    private const string Unknown = "(unknown)";

    private static readonly TimeSpan StoreWithin = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, RateLimiter> _genuine = new(StringComparer.Ordinal);
    private readonly RateLimiter _forged = new(options.Value.PerSecond, options.Value.PerSecond, time);
    private readonly RateLimiter _full = new(1.0 / 60, 1, time);

    public async Task<IResult> HandleAsync(string account, HttpContext http)
    {
        var known = accounts.Find(account);
        WebhookBody body;
        using (var slot = slots.TryTake(account))
        {
            if (slot is null)
                return RefuseForNow();

            body = await WebhookBody.ReadAsync(http, options.Value.MaxBodyBytes, slot.Ended);
        }

        if (body.Bytes is not { } bytes || !IsGenuine(known, bytes, http.Request.Headers[WebhookSignature.Header]))
            return RefuseForged(known ?? Unknown, body);
        if (!_genuine.GetOrAdd(known!, static (_, own) => own.NewLimiter(), this).TryTake())
            return Refuse(known!, StatusCodes.Status429TooManyRequests, WebhookOutcomes.Limited, "too many requests");

        return await TakeAsync(known!, bytes, http.RequestAborted);
    }

    private RateLimiter NewLimiter() => new(options.Value.PerSecond, options.Value.PerSecond, time);

    /// <summary>For an unknown account it does what it does for a known one: with the key of some account, and for nothing.</summary>
    private bool IsGenuine(string? account, byte[] body, string? signature) =>
        accounts.TryGetKey(account ?? accounts.Names[0], out var apiKey)
        & WebhookSignature.IsValid(body, signature, apiKey ?? "")
        & account is not null;

    private async Task<IResult> TakeAsync(string account, byte[] body, CancellationToken aborted)
    {
        var key = TakenWebhooks.KeyOf(account, body);
        if (taken.IsTooOld(body) || taken.Knows(key))
        {
            logger.Replayed(account);
            OutcomeMetrics.NoteWebhook(WebhookOutcomes.Repeated);
            return Results.NoContent(); // refused, Eyeson would send it again and again
        }

        using var timeout = new CancellationTokenSource(StoreWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, aborted);
        try
        {
            var isTaken = await receiver.TakeAsync(account, body, either.Token);
            taken.Note(key);
            OutcomeMetrics.NoteWebhook(isTaken ? WebhookOutcomes.Taken : WebhookOutcomes.Ignored);
            return Results.NoContent();
        }
        catch (Exception error) when (error is StoreException || (error is OperationCanceledException && timeout.IsCancellationRequested))
        {
            return Refuse(account, StatusCodes.Status503ServiceUnavailable, WebhookOutcomes.NotStored, "it could not be stored in time");
        }
    }

    /// <summary>Nobody knows yet who it is from. Told once a minute at most.</summary>
    private IResult RefuseForNow()
    {
        if (_full.TryTake())
            logger.TooManyAtATime(options.Value.MaxConcurrent, options.Value.MaxConcurrentPerAccount);
        OutcomeMetrics.NoteWebhook(WebhookOutcomes.Limited);
        return Results.StatusCode(StatusCodes.Status429TooManyRequests);
    }

    /// <summary>What is not from Eyeson has a limit of its own: a flood of it must not push out what is, and is not told of request by request.</summary>
    private IResult RefuseForged(string account, WebhookBody body)
    {
        if (!_forged.TryTake())
        {
            OutcomeMetrics.NoteWebhook(WebhookOutcomes.Forged);
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        return body.Bytes is null
            ? Refuse(account, body.Status, WebhookOutcomes.Unreadable, body.Problem)
            : Refuse(account, StatusCodes.Status401Unauthorized, WebhookOutcomes.Forged, "the signature is wrong, or there is no such account");
    }

    private IResult Refuse(string account, int status, string outcome, string problem)
    {
        OutcomeMetrics.NoteWebhook(outcome);
        logger.Refused(account, problem);
        return Results.StatusCode(status);
    }
}
