using System.Diagnostics;

namespace EyesonBridge.Telemetry;

/// <summary>Where the bridge's traces come from.</summary>
internal static class BridgeTelemetry
{
    public const string SourceName = "EyesonBridge";

    public static readonly ActivitySource Source = new(SourceName);

    /// <summary>Whether traces are recorded; which of them, the sampler says.</summary>
    public static bool IsTracing => Source.HasListeners();

    /// <summary>
    /// The W3C trace context (<c>traceparent</c>) of what is going on, or a fresh one that nobody records: consumers
    /// can correlate by it either way.
    /// </summary>
    public static string CurrentTraceParent()
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id })
            return id;

        return string.Create("00-".Length + 32 + "-".Length + 16 + "-00".Length, state: 0, static (text, _) =>
        {
            Span<byte> ids = stackalloc byte[16 + 8];
#pragma warning disable CA5394 // it has to be another one each time, and is no secret
            Random.Shared.NextBytes(ids);
#pragma warning restore CA5394
            "00-".CopyTo(text);
            Convert.TryToHexStringLower(ids[..16], text[3..], out _);
            text[35] = '-';
            Convert.TryToHexStringLower(ids[16..], text[36..], out _);
            "-00".CopyTo(text[52..]);
        });
    }

    /// <summary>The context that a <c>traceparent</c> names; none when there is none, or it is malformed.</summary>
    /// <param name="traceParent">What it says.</param>
    /// <param name="isRemote">
    /// True when it came from elsewhere. Below a parent of our own that is not sampled, the SDK makes no span at all; below one
    /// of others, one that only passes on the trace.
    /// </param>
    public static ActivityContext ContextOf(string? traceParent, bool isRemote) =>
        ActivityContext.TryParse(traceParent, traceState: null, isRemote, out var context) ? context : default;

    /// <summary>Notes on a span that it failed.</summary>
    /// <param name="activity">The span; null when nobody records.</param>
    /// <param name="errorType">What kind of error, from a small set: the name of an exception's type, or of an outcome.</param>
    /// <param name="description">More, for people; no secret.</param>
    public static void Fail(this Activity? activity, string errorType, string? description = null) =>
        activity?.SetTag(TelemetryTags.ErrorType, errorType).SetStatus(ActivityStatusCode.Error, description);
}
