using System.Diagnostics;
using System.Diagnostics.Metrics;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Telemetry;
using EyesonBridge.Testing;
using EyesonBridge.Tests.Bus;
using OpenTelemetry.Trace;

namespace EyesonBridge.Tests.Telemetry;

[Collection(TracedGroup.Name)]
public sealed class SpanTests : IDisposable
{
    private static readonly MessageServer Broker = new("broker.example", 5671);

    private readonly List<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public SpanTests()
    {
        Activity.Current = null;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => string.Equals(source.Name, BridgeTelemetry.SourceName, StringComparison.Ordinal),
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void StartObserve_EventThatNoFrameTold_HasATraceOfItsOwn()
    {
        var written = Envelopes.Writer.Write([new ObservationStarted { RoomId = "room", Account = "default" }]);

        var span = Assert.Single(_ended);
        Assert.Equal(("observe", "room", "ObservationStarted"), (span.OperationName, span.GetTagItem("eyeson.room.id"), span.GetTagItem("eyeson.event.type")));
        Assert.Equal(span.Id, Assert.Single(written).TraceParent);
    }

    [Fact]
    public void StartObserve_EventOfAFrame_IsInTheTraceOfTheFrame()
    {
        using var frame = ObservationSpans.StartProcess("room", "default")!;

        var written = Envelopes.Writer.Write([new RoomLocked { RoomId = "room", Account = "default" }]);

        Assert.Empty(_ended);
        Assert.Equal(frame.Id, Assert.Single(written).TraceParent);
    }

    [Fact]
    public void PublishSpan_OfAStoredEvent_IsTheChildOfWhatCausedIt()
    {
        const string Stored = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        var time = new ManualTimeProvider();

        var span = PublishSpan.Start(Message(Stored, time), "exchange", Broker, time);
        Assert.NotNull(span);
        Assert.StartsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-", span.TraceParent, StringComparison.Ordinal);
        Assert.NotEqual(Stored, span.TraceParent, StringComparer.Ordinal);
        span.Failed(new OperationCanceledException());

        var ended = Assert.Single(_ended);
        Assert.Equal(("send exchange", ActivityKind.Producer, "00f067aa0ba902b7"), (ended.DisplayName, ended.Kind, ended.ParentSpanId.ToHexString()));
        Assert.Equal((ActivityStatusCode.Error, "timeout"), (ended.Status, ended.GetTagItem("error.type")));
        Assert.Equal(("broker.example", 5671), (ended.GetTagItem("server.address"), ended.GetTagItem("server.port")));
    }

    [Fact]
    public void PublishSpan_OnlyMeasured_HandsOnWhatTheOutboxKept()
    {
        _listener.Dispose();
        using var meters = new MeterListener { InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        meters.Start();
        var time = new ManualTimeProvider();

        var span = PublishSpan.Start(Message("kept", time), "exchange", Broker, time);

        Assert.Equal("kept", span?.TraceParent);
    }

    [Fact]
    public void PublishSpan_OfATraceThatIsNotSampled_IsNone()
    {
        _listener.Dispose();
        using var tracer = OpenTelemetry.Sdk.CreateTracerProviderBuilder()
            .AddSource(BridgeTelemetry.SourceName)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(0)))
            .Build();
        var time = new ManualTimeProvider();
        using var frame = ObservationSpans.StartProcess("room", "default");
        var written = Assert.Single(Envelopes.Writer.Write([new RoomLocked { RoomId = "room", Account = "default" }]));

        Assert.Null(PublishSpan.Start(Message(written.TraceParent!, time), "exchange", Broker, time));
        Assert.Equal(frame?.Id, written.TraceParent);
        Assert.EndsWith("-00", written.TraceParent, StringComparison.Ordinal);
        Assert.Empty(frame!.TagObjects);
    }

    [Fact]
    public void PublishSpan_Measured_NamesServerAndOperationAndIsCurrent()
    {
        using var around = new Activity("around").Start();
        using var measured = new Measured("messaging.client.operation.duration", "eyeson_bridge.event.lag");
        var time = new ManualTimeProvider();

        var sending = PublishSpan.Start(Message("kept", time), "exchange", Broker, time)!;
        Activity.Current = around; // the confirm comes to somebody else
        sending.Confirmed(time.GetUtcNow(), isRouted: true);

        var span = Assert.Single(_ended, ended => !ReferenceEquals(ended, around));
        Assert.All(measured.Values, each => Assert.Equal(span.Id, each.Span)); // so that it is the exemplar
        Assert.Equal(
            "messaging.destination.name=exchange messaging.operation.name=send messaging.operation.type=send messaging.system=rabbitmq server.address=broker.example server.port=5671",
            Assert.Single(measured.Values, each => each.Instrument is "messaging.client.operation.duration").Tags);
        Assert.Single(measured.Values, each => each.Instrument is "eyeson_bridge.event.lag");
        Assert.Same(around, Activity.Current);
    }

    [Fact]
    public void PublishSpan_OnlyMeasured_AllocatesNothingForAMeasurement()
    {
        _listener.Dispose();
        using var meters = new MeterListener { InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        meters.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        meters.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        meters.Start();
        var time = new ManualTimeProvider();
        var spans = Enumerable.Range(0, 1_000).Select(_ => PublishSpan.Start(Message("kept", time), "exchange", Broker, time)!).ToList();
        spans[0].Confirmed(time.GetUtcNow(), isRouted: true);

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var span in spans)
            span.Confirmed(time.GetUtcNow(), isRouted: true);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000); // less than ten bytes for each
    }

    [Fact]
    public void WriteConnect_FailedAttempt_LastsAsLongAsItTookAndIsNobodysParent()
    {
        var since = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var attempt = new ConnectSpan("room", "default", new Uri("https://user:secret@eyeson.example/path?api_key=secret"), since, "silent");

        ObservationSpans.WriteConnect(attempt, since.AddSeconds(4), "UpgradeRefused", "HTTP status 503");

        var span = Assert.Single(_ended);
        Assert.Equal((since.UtcDateTime, TimeSpan.FromSeconds(4)), (span.StartTimeUtc, span.Duration));
        Assert.Equal(("UpgradeRefused", ActivityStatusCode.Error, true), (span.GetTagItem("error.type"), span.Status, span.GetTagItem("eyeson.reconnect")));
        Assert.DoesNotContain(span.TagObjects, tag => tag.Value?.ToString()?.Contains("secret", StringComparison.Ordinal) == true);
        Assert.Null(Activity.Current);
    }

    private static PublishedMessage Message(string traceParent, TimeProvider time) =>
        new(Guid.CreateVersion7(time.GetUtcNow()), "RoomLocked", "room", 1, time.GetUtcNow(), traceParent);
}
