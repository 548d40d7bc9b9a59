using System.Globalization;
using System.Text;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>Where Eyeson is and who asks.</summary>
public sealed record EyesonRestOptions
{
    /// <summary>The base address, such as <c>https://api.eyeson.team</c>; ws(s) becomes http(s).</summary>
    public required Uri Url { get; init; }

    /// <summary>The API key, sent as it is in the <c>Authorization</c> header. Secret: <see cref="ToString"/> leaves it out.</summary>
    public required string ApiKey { get; init; }

    /// <summary>
    /// For a whole call, including retries and reading the answer; default 10 s. After that the outcome is
    /// <see cref="RestOutcome.Unreachable"/>.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Maximum number of retries of a call after <see cref="RestOutcome.Unreachable"/>,
    /// <see cref="RestOutcome.ServerError"/> and <see cref="RestOutcome.TooManyRequests"/>; default 2, 0 for none. Between
    /// attempts it waits half a second, then one and a half, or what <c>Retry-After</c> asks for; when that does not fit
    /// into <see cref="Timeout"/>, the call ends at once. Only calls that are safe to repeat are retried (GET, PUT, DELETE), and
    /// a POST that failed before anything of it was sent.
    /// </summary>
    public int Retries { get; init; } = 2;

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Host = {(Url.IsAbsoluteUri ? Url.Host : "?")}, Timeout = {Timeout}, Retries = {Retries}");
        return true;
    }
}
