using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>Sends requests with the key, and turns whatever comes of them into a value.</summary>
internal sealed class RestTransport(HttpClient http, EyesonRestOptions options, TimeProvider clock)
{
    private const long MaxBody = 16 * 1024 * 1024;

    /// <summary>Gets <paramref name="path"/>, perhaps with a query, whose variable parts must be escaped.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<RestResult<T>> GetAsync<T>(string path, JsonTypeInfo<T> typeInfo, CancellationToken cancellationToken)
        where T : class
    {
        using var timeout = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(path));
        request.Headers.TryAddWithoutValidation("Authorization", options.ApiKey);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!response.IsSuccessStatusCode)
                return Refused<T>(response);

            await response.Content.LoadIntoBufferAsync(MaxBody, either.Token);
            return Read(await response.Content.ReadAsByteArrayAsync(either.Token), (int)response.StatusCode, typeInfo);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            return new() { Outcome = RestOutcome.Unreadable, Reason = "The answer is too large." };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new() { Outcome = RestOutcome.Unreachable, Reason = e.GetBaseException().Message };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new() { Outcome = RestOutcome.Unreachable, Reason = $"No answer within {options.Timeout.TotalSeconds:0} s." };
        }
    }

    private Uri Address(string path)
    {
        var scheme = options.Url.Scheme is "https" or "wss" ? "https" : "http";
        var query = path.IndexOf('?', StringComparison.Ordinal);
        var (before, behind) = query < 0 ? (path, "") : (path[..query], path[query..]);
        return new UriBuilder(scheme, options.Url.Host, options.Url.Port, $"{options.Url.AbsolutePath.TrimEnd('/')}/{before}", behind).Uri;
    }

    private static RestResult<T> Read<T>(ReadOnlySpan<byte> utf8, int status, JsonTypeInfo<T> typeInfo)
        where T : class
    {
        try
        {
            if (Utf8.IsValid(utf8) && JsonSerializer.Deserialize(utf8, typeInfo) is { } value)
                return new() { Outcome = RestOutcome.Ok, Value = value, Status = status };
        }
        catch (JsonException)
        {
            // The same as null: not what was asked for.
        }

        return new() { Outcome = RestOutcome.Unreadable, Status = status, Reason = "The answer is not the expected JSON." };
    }

    private RestResult<T> Refused<T>(HttpResponseMessage response)
        where T : class => new()
        {
            Outcome = response.StatusCode switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => RestOutcome.KeyRefused,
                HttpStatusCode.NotFound => RestOutcome.NotFound,
                HttpStatusCode.TooManyRequests => RestOutcome.TooManyRequests,
                >= HttpStatusCode.InternalServerError => RestOutcome.ServerError,
                _ => RestOutcome.UnexpectedStatus,
            },
            Status = (int)response.StatusCode,
            RetryAfter = RetryAfter(response),
        };

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? header?.Date - clock.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
