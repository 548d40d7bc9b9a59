using Microsoft.AspNetCore.Http.Features;

namespace EyesonBridge.Webhooks;

/// <summary>The body of a request, or why there is none.</summary>
/// <param name="Bytes">The whole body; null when it could not be read.</param>
/// <param name="Status">What to answer when it could not be read.</param>
internal readonly record struct WebhookBody(byte[]? Bytes, int Status)
{
    private static readonly WebhookBody TooLarge = new(null, StatusCodes.Status413PayloadTooLarge);
    private static readonly WebhookBody TooSlow = new(null, StatusCodes.Status408RequestTimeout);

    /// <summary>Reads it.</summary>
    /// <param name="http">The request.</param>
    /// <param name="most">The largest size, whatever its header says.</param>
    /// <param name="ended">Cancelled when it may take no longer.</param>
    public static async Task<WebhookBody> ReadAsync(HttpContext http, int most, CancellationToken ended)
    {
        if (http.Request.ContentLength > most)
            return TooLarge;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = null; // counted here

        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended, http.RequestAborted);
        var body = new MemoryStream();
        var buffer = new byte[8 * 1024];
        try
        {
            while (await http.Request.Body.ReadAsync(buffer, either.Token) is > 0 and var read)
            {
                if (body.Length + read > most)
                    return TooLarge;
                body.Write(buffer, 0, read);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            http.Response.Headers.Connection = "close"; // what comes of it yet is not waited for
            return TooSlow;
        }
        catch (BadHttpRequestException broken)
        {
            return new WebhookBody(null, broken.StatusCode); // such as one that Kestrel finds too slow
        }

        return new WebhookBody(body.ToArray(), StatusCodes.Status200OK);
    }

    /// <summary>What is wrong with it, in words.</summary>
    public string Problem => Status switch
    {
        StatusCodes.Status413PayloadTooLarge => "the body is too large",
        StatusCodes.Status408RequestTimeout => "the body did not arrive in time",
        _ => "the body cannot be read",
    };
}
