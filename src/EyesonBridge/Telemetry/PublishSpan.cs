using System.Diagnostics;

namespace EyesonBridge.Telemetry;

/// <summary>
/// The span and the measurements of one attempt to publish an event. Its parent is what caused the event, be it in an
/// earlier process: the outbox has kept that.
/// </summary>
internal sealed class PublishSpan
{
    private readonly Activity? _activity;
    private readonly string _type;
    private readonly string _destination;
    private readonly TimeProvider _time;
    private readonly long _begun;

    private PublishSpan(Activity? activity, string type, string destination, string? traceParent, TimeProvider time)
    {
        _activity = activity;
        _type = type;
        _destination = destination;
        _time = time;
        _begun = time.GetTimestamp();
        TraceParent = activity?.Id ?? traceParent;
    }

    /// <summary>The trace context for the message: this span's, or what the outbox kept when nobody listens.</summary>
    public string? TraceParent { get; }

    /// <summary>True when there is a span that consumers can be children of.</summary>
    public bool IsTraced => _activity is not null;

    /// <summary>Begins an attempt; null when nobody listens.</summary>
    /// <param name="message">Which event.</param>
    /// <param name="destination">The exchange.</param>
    /// <param name="time">The clock of the measurements.</param>
    public static PublishSpan? Start(in PublishedMessage message, string destination, TimeProvider time)
    {
        if (!BridgeTelemetry.Source.HasListeners() && !BridgeMetrics.IsPublishingMeasured)
            return null;

        var activity = BridgeTelemetry.Source.HasListeners() ? StartActivity(message, destination, time) : null;
        return new PublishSpan(activity, message.Type, destination, message.TraceParent, time);
    }

    /// <summary>The broker has it.</summary>
    /// <param name="observedAt">When the frame came.</param>
    /// <param name="isRouted">False when no queue is bound.</param>
    public void Confirmed(DateTimeOffset observedAt, bool isRouted)
    {
        Note(isRouted ? PublishOutcomes.Confirmed : PublishOutcomes.Unrouted, errorType: null);
        BridgeMetrics.NoteLag(_time.GetUtcNow() - observedAt);
        if (!isRouted)
            _activity?.SetTag(TelemetryTags.Outcome, PublishOutcomes.Unrouted);
        _activity?.Stop();
    }

    /// <summary>No confirm came.</summary>
    public void Failed(Exception error)
    {
        var errorType = error is OperationCanceledException ? "timeout" : error.GetType().FullName!;
        Note(PublishOutcomes.Failed, errorType);
        _activity.Fail(errorType);
        _activity?.Stop();
    }

    private static Activity? StartActivity(in PublishedMessage message, string destination, TimeProvider time)
    {
        var activity = BridgeTelemetry.Source.StartActivity(
            $"send {destination}",
            ActivityKind.Producer,
            BridgeTelemetry.ContextOf(message.TraceParent),
            [
                new(TelemetryTags.MessagingSystem, TelemetryTags.RabbitMq),
                new(TelemetryTags.MessagingOperationName, "send"),
                new(TelemetryTags.MessagingOperationType, "send"),
                new(TelemetryTags.MessagingDestination, destination),
                new(TelemetryTags.MessagingRoutingKey, message.RoomId),
                new(TelemetryTags.RoomId, message.RoomId),
            ]);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag(TelemetryTags.MessagingMessageId, message.EventId.ToString());
            activity.SetTag(TelemetryTags.EventType, message.Type);
            activity.SetTag(TelemetryTags.EventSequence, message.Sequence);
            activity.SetTag(TelemetryTags.EventAge, (time.GetUtcNow() - message.CreatedAt).TotalSeconds);
        }

        return activity;
    }

    private void Note(string outcome, string? errorType) =>
        BridgeMetrics.NotePublished(_type, _destination, outcome, errorType, _time.GetElapsedTime(_begun));
}
