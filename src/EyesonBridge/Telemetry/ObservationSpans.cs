using System.Diagnostics;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Telemetry;

/// <summary>Spans of observing. Each is null while tracing is off, and then costs nothing.</summary>
internal static class ObservationSpans
{
    /// <summary>The trace of an event begins with the frame that it came from.</summary>
    public static Activity? StartProcess(string roomId, string account)
    {
        var activity = BridgeTelemetry.IsTracing ? BridgeTelemetry.Source.StartActivity("process RoomChannel", ActivityKind.Consumer, parentContext: default) : null;
        if (activity is { IsAllDataRequested: true }) // described only when it is sampled: most are not
        {
            activity
                .AddTag(TelemetryTags.MessagingSystem, TelemetryTags.ActionCable)
                .AddTag(TelemetryTags.MessagingOperationName, "process")
                .AddTag(TelemetryTags.MessagingOperationType, "process")
                .AddTag(TelemetryTags.MessagingDestination, TelemetryTags.RoomChannel)
                .AddTag(TelemetryTags.RoomId, roomId)
                .AddTag(TelemetryTags.Account, account);
        }

        return activity;
    }

    /// <summary>The trace of an event that no frame told: a step of the observation itself, or an answer of REST.</summary>
    public static Activity? StartObserve(RoomEvent first)
    {
        var activity = BridgeTelemetry.IsTracing ? BridgeTelemetry.Source.StartActivity("observe", ActivityKind.Internal, parentContext: default) : null;
        if (activity is { IsAllDataRequested: true })
        {
            activity
                .AddTag(TelemetryTags.RoomId, first.RoomId)
                .AddTag(TelemetryTags.Account, first.Account)
                .AddTag(TelemetryTags.EventType, first.GetType().Name);
        }

        return activity;
    }

    /// <summary>The outcome of a frame.</summary>
    public static void Describe(this Activity? activity, string type, string outcome, int events)
    {
        if (activity is not { IsAllDataRequested: true })
            return;

        activity.SetTag(TelemetryTags.FrameType, type);
        activity.SetTag(TelemetryTags.FrameOutcome, outcome);
        activity.SetTag(TelemetryTags.EventCount, events);
        if (outcome is FrameOutcomes.Unrecognized)
            activity.Fail(outcome);
    }

    /// <summary>
    /// An attempt to connect that is over: subscribed, or failed. Written afterwards, so that it is nobody's parent: what
    /// is heard on the connection has traces of its own.
    /// </summary>
    /// <param name="attempt">Which room, with what, since when.</param>
    /// <param name="until">When it was over.</param>
    /// <param name="errorType">How it failed; null when it did not.</param>
    /// <param name="detail">More about that; no secret.</param>
    public static void WriteConnect(in ConnectSpan attempt, DateTimeOffset until, string? errorType, string? detail)
    {
        if (!BridgeTelemetry.IsTracing)
            return;

        using var activity = BridgeTelemetry.Source.StartActivity(
            "connect",
            ActivityKind.Client,
            parentContext: default,
            [
                new(TelemetryTags.MessagingSystem, TelemetryTags.ActionCable),
                new(TelemetryTags.MessagingDestination, TelemetryTags.RoomChannel),
                new(TelemetryTags.RoomId, attempt.RoomId),
                new(TelemetryTags.Account, attempt.Account),
                new(TelemetryTags.IsReconnect, attempt.Reason is not null),
                new(TelemetryTags.ServerAddress, attempt.Server.Host),
                new(TelemetryTags.ServerPort, attempt.Server.Port),
            ],
            startTime: attempt.Since);
        if (activity is null)
            return;

        if (attempt.Reason is not null)
            activity.SetTag("eyeson.interruption.reason", attempt.Reason);
        if (errorType is not null)
            activity.Fail(errorType, detail);
        activity.SetEndTime(until.UtcDateTime);
    }
}
