using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Observer;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace EyesonBridge.Telemetry;

/// <summary>What the bridge counts and times. What it can be asked for at any moment is in <c>BridgeGauges</c>.</summary>
/// <remarks>Nothing here costs anything while metrics are off.</remarks>
internal static class BridgeMetrics
{
    public const string MeterName = "EyesonBridge";

    /// <summary>Type of a frame that the protocol does not document.</summary>
    private const string OtherType = "other";

    private static readonly FrozenSet<string> KnownTypes = ObserverEventTypes.All.ToFrozenSet(StringComparer.Ordinal);

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Frames = Meter.CreateCounter<long>(
        "eyeson_bridge.frames", "{frame}", "Frames of the room channel, by type and outcome.");

    private static readonly Counter<long> Stored = Meter.CreateCounter<long>(
        "eyeson_bridge.events.stored", "{event}", "Events committed to the outbox.");

    private static readonly Counter<long> Published = Meter.CreateCounter<long>(
        "eyeson_bridge.events.published", "{event}", "Completed attempts to publish.");

    private static readonly Counter<long> UnroutedEvents = Meter.CreateCounter<long>(
        "eyeson_bridge.events.unrouted", "{event}", "Events that the broker accepted but had no queue for.");

    private static readonly Histogram<double> Lag = Meter.CreateHistogram(
        "eyeson_bridge.event.lag", "s", "Time from the arrival of a frame to the broker's confirm.", tags: null, Buckets(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300));

    private static readonly Histogram<double> PublishDuration = Meter.CreateHistogram(
        "messaging.client.operation.duration", "s", "Time from publishing to the broker's confirm.", tags: null, Buckets(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10));

    private static readonly Counter<long> Reconnects = Meter.CreateCounter<long>(
        "eyeson_bridge.reconnects", "{reconnect}", "Attempts to reconnect after an interruption.");

    private static readonly Counter<long> SetAside = Meter.CreateCounter<long>(
        "eyeson_bridge.store.set_aside", "{row}", "Rows of the store, or parts of them, that could not be read.");

    private static readonly Histogram<double> Gap = Meter.CreateHistogram(
        "eyeson_bridge.gap.duration", "s", "Length of each gap in a room's observation that has ended.", tags: null, Buckets(0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14400));

    private static readonly Histogram<double> HandshakeWait = Meter.CreateHistogram(
        "eyeson_bridge.handshake.wait.duration", "s", "Time spent waiting for permission to open a socket.", tags: null, Buckets(0.01, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60));

    private static readonly Counter<long> Takeovers = Meter.CreateCounter<long>(
        "eyeson_bridge.takeovers", "{room}", "Rooms taken over from replicas that are gone.");

    private static readonly Histogram<double> TakeoverDuration = Meter.CreateHistogram(
        "eyeson_bridge.takeover.duration", "s", "Time from the end of a replica's lease until a room of it is observed again.", tags: null, Buckets(0.5, 1, 2.5, 5, 10, 15, 30, 60, 300));

    /// <summary>The type of a frame, from a small set.</summary>
    public static string TypeOf(ObserverEvent frame) => frame.Type is { } type && KnownTypes.Contains(type) ? type : OtherType;

    /// <summary>A frame was dealt with.</summary>
    public static void NoteFrame(string type, string outcome) =>
        Frames.Add(1, new Tag(TelemetryTags.Type, type), new Tag(TelemetryTags.Outcome, outcome));

    /// <summary>A frame without a type was left out.</summary>
    public static void NoteDiscarded() => NoteFrame(OtherType, FrameOutcomes.Discarded);

    /// <summary>Events are on disk.</summary>
    public static void NoteStored(IReadOnlyList<RoomEvent> events)
    {
        if (!Stored.Enabled)
            return;

        foreach (var happened in events)
            Stored.Add(1, new Tag(TelemetryTags.Type, happened.GetType().Name), new Tag(TelemetryTags.Origin, NameOf(happened.Origin)));
    }

    /// <summary>Whether anybody asks for what publishing takes.</summary>
    public static bool IsPublishingMeasured => Published.Enabled || PublishDuration.Enabled;

    /// <summary>An event is done with, which the broker had no queue for.</summary>
    public static void NoteUnrouted(string type) => UnroutedEvents.Add(1, new Tag(TelemetryTags.Type, type));

    /// <summary>An attempt to publish ended.</summary>
    /// <param name="type">Type of the event.</param>
    /// <param name="destination">The exchange.</param>
    /// <param name="server">The broker; null for none outside of this process.</param>
    /// <param name="outcome">One of <see cref="PublishOutcomes"/>.</param>
    /// <param name="errorType">What failed; null when nothing did.</param>
    /// <param name="took">How long it took.</param>
    public static void NotePublished(string type, string destination, MessageServer? server, string outcome, string? errorType, TimeSpan took)
    {
        Published.Add(1, new Tag(TelemetryTags.Type, type), new Tag(TelemetryTags.Outcome, outcome));
        if (!PublishDuration.Enabled)
            return;

        var tags = new System.Diagnostics.TagList
        {
            { TelemetryTags.MessagingSystem, TelemetryTags.RabbitMq },
            { TelemetryTags.MessagingOperationName, "send" },
            { TelemetryTags.MessagingOperationType, "send" },
            { TelemetryTags.MessagingDestination, destination },
        };
        if (server is not null)
        {
            tags.Add(TelemetryTags.ServerAddress, server.Address);
            tags.Add(TelemetryTags.ServerPort, server.Port);
        }

        if (errorType is not null)
            tags.Add(TelemetryTags.ErrorType, errorType);
        PublishDuration.Record(took.TotalSeconds, tags);
    }

    /// <summary>An event is with the broker.</summary>
    public static void NoteLag(TimeSpan lag) => Lag.Record(Math.Max(0, lag.TotalSeconds));

    /// <summary>An attempt to reconnect a room.</summary>
    public static void NoteReconnect(string? reason) => Reconnects.Add(1, new Tag(TelemetryTags.Reason, reason ?? OtherType));

    /// <summary>A part of a room could not be read.</summary>
    public static void NoteSetAside(string part) => SetAside.Add(1, new Tag(TelemetryTags.Part, part));

    /// <summary>A room is observed again.</summary>
    public static void NoteGap(TimeSpan gap, string? reason) =>
        Gap.Record(Math.Max(0, gap.TotalSeconds), new Tag(TelemetryTags.Reason, reason ?? OtherType));

    /// <summary>A room of a replica that is gone was claimed.</summary>
    public static void NoteTakeover() => Takeovers.Add(1);

    /// <summary>It is observed again.</summary>
    public static void NoteTakenOver(TimeSpan took) => TakeoverDuration.Record(Math.Max(0, took.TotalSeconds));

    /// <summary>A room had its turn to open a socket.</summary>
    public static void NoteHandshakeWait(TimeSpan wait) => HandshakeWait.Record(wait.TotalSeconds);

    private static string NameOf(EventOrigin origin) => origin switch
    {
        EventOrigin.Live => "live",
        EventOrigin.Snapshot => "snapshot",
        EventOrigin.Backfill => "backfill",
        _ => OtherType,
    };

    private static InstrumentAdvice<double> Buckets(params double[] boundaries) => new() { HistogramBucketBoundaries = boundaries };
}
