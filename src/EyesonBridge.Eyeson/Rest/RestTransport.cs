using System.Net;
using System.Text.Json.Serialization.Metadata;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>Sends requests, again where that is harmless, and turns whatever comes of them into a value.</summary>
internal sealed class RestTransport(HttpClient http, RestEndpoint endpoint, TimeProvider clock)
{
    private const long MaxBody = 16 * 1024 * 1024;

    /// <summary>Gets <paramref name="path"/>, perhaps with a query, whose variable parts must be escaped.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<RestResult<T>> GetAsync<T>(string path, JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken)
        where T : class =>
        SendAsync(new RestRequest(HttpMethod.Get, path), RestBody.Reader(typeInfo), cancellationToken);

    /// <summary>Sends a request whose answer needs no reading.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<RestResult<RestNothing>> SendAsync(RestRequest request, CancellationToken cancellationToken) =>
        SendAsync(request, static _ => RestNothing.Instance, cancellationToken);

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="read">Reads the answer; null when it is not what was expected.</param>
    /// <param name="cancellationToken">Cancels the call, which then throws.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<RestResult<T>> SendAsync<T>(RestRequest request, Func<byte[], T?> read, CancellationToken cancellationToken)
        where T : class
    {
        if (request.Target is null)
            return new() { Outcome = RestOutcome.NotFound };

        var started = clock.GetTimestamp();
        using var timeout = new CancellationTokenSource(endpoint.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        for (var attempt = 0; ; attempt++)
        {
            var (result, nothingSent) = await TryAsync(request, read, either.Token, cancellationToken);
            if (attempt > 0 && request.Method == HttpMethod.Delete && result.Outcome == RestOutcome.NotFound)
                return result with { Outcome = RestOutcome.Ok, Value = read([]) }; // the try before did it
            if (attempt >= endpoint.Retries || !RestRetry.IsWorthwhile(request, result.Outcome, nothingSent))
                return result;

            var wait = RestRetry.Wait(attempt, result.RetryAfter, Random.Shared.NextDouble());
            if (clock.GetElapsedTime(started) + wait >= endpoint.Timeout)
                return result;

            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    private async Task<RestAttempt<T>> TryAsync<T>(
        RestRequest request, Func<byte[], T?> read, CancellationToken either, CancellationToken cancellationToken)
        where T : class
    {
        using var message = endpoint.Message(request);
        try
        {
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either);
            var status = (int)response.StatusCode;
            if (!response.IsSuccessStatusCode)
                return new(await RefusedAsync<T>(request, response, either));
            if (typeof(T) == typeof(RestNothing))
                return new(new() { Outcome = RestOutcome.Ok, Value = read([]), Status = status });

            await response.Content.LoadIntoBufferAsync(MaxBody, either);
            var body = await response.Content.ReadAsByteArrayAsync(either);
            return read(body) is { } value
                ? new(new() { Outcome = RestOutcome.Ok, Value = value, Status = status, BodyBytes = body.Length })
                : new(new() { Outcome = RestOutcome.Unreadable, Status = status, Reason = "The answer is not the expected JSON." });
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return new(new() { Outcome = RestOutcome.Unreadable, Reason = "The answer is too large." });
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new(
                new() { Outcome = RestOutcome.Unreachable, Reason = endpoint.Hide(request.Hide(NetworkFailure.Describe(e))) },
                e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError });
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(new() { Outcome = RestOutcome.Unreachable, Reason = $"No answer within {endpoint.Timeout.TotalSeconds:0} s." });
        }
    }

    private async Task<RestResult<T>> RefusedAsync<T>(RestRequest request, HttpResponseMessage response, CancellationToken either)
        where T : class
    {
        var outcome = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => RestOutcome.KeyRefused,
            HttpStatusCode.NotFound => RestOutcome.NotFound,
            HttpStatusCode.Gone => RestOutcome.Gone,
            HttpStatusCode.Locked => RestOutcome.Locked,
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => RestOutcome.Invalid,
            HttpStatusCode.TooManyRequests => RestOutcome.TooManyRequests,
            >= HttpStatusCode.InternalServerError => RestOutcome.ServerError,
            _ => RestOutcome.UnexpectedStatus,
        };
        var reason = outcome == RestOutcome.Invalid ? await RestReason.ReadAsync(response.Content, either) : null;
        return new()
        {
            Outcome = outcome,
            Status = (int)response.StatusCode,
            RetryAfter = RetryAfter(response),
            Reason = reason is null ? null : endpoint.Hide(request.Hide(reason)),
        };
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? header?.Date - clock.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>One try of a call.</summary>
    /// <param name="Result">What came of it.</param>
    /// <param name="NothingSent">True when it failed before anything of the request was sent.</param>
    private readonly record struct RestAttempt<T>(RestResult<T> Result, bool NothingSent = false)
        where T : class;
}
