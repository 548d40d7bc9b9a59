namespace EyesonBridge.Eyeson.Rest;

/// <summary>Where requests go, with which key, and how long they may take.</summary>
/// <param name="url">The base address; ws(s) becomes http(s).</param>
/// <param name="apiKey">The key; null for requests that need none.</param>
/// <param name="timeout">For a whole call.</param>
/// <param name="retries">How many more tries.</param>
internal sealed class RestEndpoint(Uri url, string? apiKey, TimeSpan timeout, int retries)
{
    public TimeSpan Timeout => timeout;

    public int Retries => retries;

    /// <summary>What is wrong with the URL and the limits, for people; null when nothing is.</summary>
    public static string? Problem(Uri url, TimeSpan timeout, int retries)
    {
        if (!url.IsAbsoluteUri || url.Scheme is not ("https" or "http" or "wss" or "ws"))
            return "Eyeson's address must begin with https, http, wss or ws.";
        if (timeout <= TimeSpan.Zero)
            return "The timeout must be greater than zero.";
        return retries < 0 ? "The number of retries must not be negative." : null;
    }

    public HttpRequestMessage Message(RestRequest request)
    {
        var message = new HttpRequestMessage(request.Method, Address(request.Target!));
        if (apiKey is not null)
            message.Headers.TryAddWithoutValidation("Authorization", apiKey);
        if (request.Form is { } form)
            message.Content = new FormUrlEncodedContent(form);
        return message;
    }

    /// <summary>The text without the key.</summary>
    public string Hide(string text) => apiKey is null ? text : text.Replace(apiKey, "…", StringComparison.Ordinal);

    private Uri Address(string target)
    {
        var scheme = url.Scheme is "https" or "wss" ? "https" : "http";
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var (before, behind) = query < 0 ? (target, "") : (target[..query], target[query..]);
        return new UriBuilder(scheme, url.Host, url.Port, $"{url.AbsolutePath.TrimEnd('/')}/{before}", behind).Uri;
    }
}
