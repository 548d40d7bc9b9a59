using System.Text;

namespace EyesonBridge.Eyeson.Rest;

/// <summary>Where Eyeson is and who asks.</summary>
public sealed record EyesonRestOptions
{
    /// <summary>The base address, such as <c>https://api.eyeson.team</c>; ws(s) becomes http(s).</summary>
    public required Uri Url { get; init; }

    /// <summary>The API key, sent bare in the <c>Authorization</c> header. Secret: <see cref="ToString"/> leaves it out.</summary>
    public required string ApiKey { get; init; }

    /// <summary>For a whole call, answer included; default 10 s. Then the outcome is <see cref="RestOutcome.Unreachable"/>.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"Host = {(Url.IsAbsoluteUri ? Url.Host : "?")}, Timeout = {Timeout}");
        return true;
    }
}
