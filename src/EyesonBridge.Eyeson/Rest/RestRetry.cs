namespace EyesonBridge.Eyeson.Rest;

/// <summary>Which calls are tried again, and when.</summary>
internal static class RestRetry
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Whether to try again after such an outcome. A POST is repeated only when nothing of it was sent: whether it took
    /// effect would be unknown.
    /// </summary>
    public static bool IsWorthwhile(RestRequest request, RestOutcome outcome, bool nothingSent) => outcome switch
    {
        RestOutcome.Unreachable => request.IsRepeatable || nothingSent,
        RestOutcome.ServerError or RestOutcome.TooManyRequests => request.IsRepeatable,
        _ => false,
    };

    /// <summary>Half a second after the first try, 1.5 s after the second …; less up to a half, so that callers part; never less than asked for.</summary>
    /// <param name="attempt">How many tries came before this one.</param>
    /// <param name="retryAfter">What the server asked for.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Wait(int attempt, TimeSpan? retryAfter, double random)
    {
        var own = First * Math.Pow(3, attempt) * (0.5 + (random / 2));
        return retryAfter is { } asked ? asked + (First * random) : own;
    }
}
