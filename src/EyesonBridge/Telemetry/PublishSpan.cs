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
    private readonly MessageServer? _server;
    private readonly TimeProvider _time;
    private readonly long _begun;

    private PublishSpan(Activity? activity, string type, string destination, MessageServer? server, string? traceParent, TimeProvider time)
    {
        _activity = activity;
        _type = type;
        _destination = destination;
        _server = server;
        _time = time;
        _begun = time.GetTimestamp();
        TraceParent = activity?.Id ?? traceParent;
    }

    /// <summary>The trace context for the message: this span's, or what the outbox kept when the trace is not sampled.</summary>
    public string? TraceParent { get; }

    /// <summary>Begins an attempt; null when the trace is not sampled and nothing is measured.</summary>
    /// <param name="message">Which event.</param>
    /// <param name="destination">The exchange.</param>
    /// <param name="server">The broker; null for none outside of this process.</param>
    /// <param name="time">The clock of the measurements.</param>
    public static PublishSpan? Start(in PublishedMessage message, string destination, MessageServer? server, TimeProvider time)
    {
        var activity = BridgeTelemetry.IsTracing ? StartActivity(message, destination, server, time) : null;
        return activity is null && !BridgeMetrics.IsPublishingMeasured
            ? null
            : new PublishSpan(activity, message.Type, destination, server, message.TraceParent, time);
    }

    /// <summary>The broker has it.</summary>
    /// <param name="observedAt">When the frame came.</param>
    /// <param name="isRouted">False when no queue is bound.</param>
    public void Confirmed(DateTimeOffset observedAt, bool isRouted)
    {
        var around = Enter();
        Note(isRouted ? PublishOutcomes.Confirmed : PublishOutcomes.Unrouted, errorType: null);
        BridgeMetrics.NoteLag(_time.GetUtcNow() - observedAt);
        if (!isRouted)
            _activity?.SetTag(TelemetryTags.Outcome, PublishOutcomes.Unrouted);
        Leave(around);
    }

    /// <summary>No confirm came.</summary>
    public void Failed(Exception error)
    {
        var errorType = error is OperationCanceledException ? "timeout" : error.GetType().FullName!;
        var around = Enter();
        Note(PublishOutcomes.Failed, errorType);
        _activity.Fail(errorType);
        Leave(around);
    }

    private static Activity? StartActivity(in PublishedMessage message, string destination, MessageServer? server, TimeProvider time)
    {
        var activity = BridgeTelemetry.Source.StartActivity("send", ActivityKind.Producer, BridgeTelemetry.ContextOf(message.TraceParent, isRemote: false));
        if (activity is not { IsAllDataRequested: true })
            return activity;

        activity.DisplayName = $"send {destination}";
        activity
            .AddTag(TelemetryTags.MessagingSystem, TelemetryTags.RabbitMq)
            .AddTag(TelemetryTags.MessagingOperationName, "send")
            .AddTag(TelemetryTags.MessagingOperationType, "send")
            .AddTag(TelemetryTags.MessagingDestination, destination)
            .AddTag(TelemetryTags.MessagingRoutingKey, message.RoomId)
            .AddTag(TelemetryTags.MessagingMessageId, message.EventId.ToString())
            .AddTag(TelemetryTags.RoomId, message.RoomId)
            .AddTag(TelemetryTags.EventType, message.Type)
            .AddTag(TelemetryTags.EventSequence, message.Sequence)
            .AddTag(TelemetryTags.EventAge, (time.GetUtcNow() - message.CreatedAt).TotalSeconds);
        if (server is not null)
            activity.AddTag(TelemetryTags.ServerAddress, server.Address).AddTag(TelemetryTags.ServerPort, server.Port);
        return activity;
    }

    /// <summary>What is measured now belongs to this span: it is the exemplar.</summary>
    private Activity? Enter()
    {
        if (_activity is null)
            return null;

        var around = Activity.Current;
        Activity.Current = _activity;
        return around;
    }

    private void Leave(Activity? around)
    {
        if (_activity is null)
            return;

        _activity.Stop();
        if (!ReferenceEquals(around, _activity))
            Activity.Current = around;
    }

    private void Note(string outcome, string? errorType) =>
        BridgeMetrics.NotePublished(_type, _destination, _server, outcome, errorType, _time.GetElapsedTime(_begun));
}
