using EyesonBridge.Simulator;
using EyesonBridge.Testing.Otlp;

namespace EyesonBridge.Integration.Tests.Telemetry;

/// <summary>What an OTLP receiver is sent by a worker, over a real broker, and by those who receive its events.</summary>
[Collection(TelemetryGroup.Name)]
public sealed class TraceTests(TelemetryFixture fixture)
{
    private const string Processed = """name = "process RoomChannel" """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Event_HeardOnTheSocket_IsOneTraceUpToTheConsumer()
    {
        var room = await fixture.ObserveAsync();

        room.Chat("hello", "u1");
        var spans = await fixture.Receiver.WhenTraceAsync(
            Processed, trace => IsAbout(trace, room) && Find(trace, "send ").Any(IsChat) && trace.Any(span => span.Name.EndsWith(" receive", StringComparison.Ordinal)), Cancellation);

        var frame = Assert.Single(Find(spans, "process RoomChannel"));
        Assert.Equal(("CONSUMER", null), (frame.Kind, frame.ParentId));
        Assert.Equal(
            ("actioncable", "process", "RoomChannel", "default", "chat", "applied"),
            (frame["messaging.system"], frame["messaging.operation.type"], frame["messaging.destination.name"], frame["eyeson.account"], frame["eyeson.frame.type"], frame["eyeson.frame.outcome"]));

        var send = Assert.Single(Find(spans, "send "));
        Assert.Equal(("send EyesonBridge.Contracts.V1:ChatMessageSent", "PRODUCER", frame.SpanId), (send.Name, send.Kind, send.ParentId));
        Assert.Equal(
            ("rabbitmq", "send", "send", "EyesonBridge.Contracts.V1:ChatMessageSent", room.Id),
            (send["messaging.system"], send["messaging.operation.name"], send["messaging.operation.type"], send["messaging.destination.name"], send["eyeson.room.id"]));
        Assert.Equal((fixture.Broker.Url.Host, $"{fixture.Broker.Url.Port}"), (send["server.address"], send["server.port"]));

        var received = Assert.Single(spans, span => span.Name.EndsWith(" receive", StringComparison.Ordinal));
        Assert.Equal(("CONSUMER", send.SpanId, TelemetryFixture.Consumer), (received.Kind, received.ParentId, received["service.name"]));
    }

    [Fact]
    public async Task Event_OnTheBroker_NamesTheSpanThatSentIt()
    {
        var room = await fixture.ObserveAsync();

        room.Join(new SimulatedUser("u2", "Bob"));
        var joined = (await fixture.Events.WhenAsync(room.Id, "ParticipantJoined", Cancellation)).Last(happened => happened.Type is "ParticipantJoined");
        var parts = joined.Headers["traceparent"]!.ToString()!.Split('-');
        var spans = await fixture.Receiver.WhenTraceAsync(
            Processed, trace => IsAbout(trace, room) && Find(trace, "send ").Any(span => string.Equals(span.SpanId, parts[2], StringComparison.Ordinal)), Cancellation);

        Assert.Equal("01", parts[3]);
        Assert.Equal(parts[1], Assert.Single(Find(spans, "send ")).TraceId);
        Assert.Equal(joined.Headers["traceparent"], joined.Headers["MT-Activity-Id"]); // what MassTransit's consumers look at
    }

    [Fact]
    public async Task Event_PublishedByALaterProcess_IsInTheTraceOfItsFrame()
    {
        var room = await fixture.ObserveAsync();
        await fixture.Broker.FlushDeclarationsAsync(Cancellation);
        await fixture.Broker.StopAsync(Cancellation);
        room.Chat("kept", "u1");
        await fixture.Receiver.WhenTraceAsync(Processed, trace => IsAbout(trace, room) && trace.Any(span => span["eyeson.frame.type"] is "chat"), Cancellation);
        Assert.Equal(0, await fixture.Bridge.TerminateAsync());
        await fixture.Broker.RestartAsync(Cancellation);
        await fixture.Bridge.DisposeAsync();
        fixture.Bridge = await fixture.Environment.StartReadyAsync(Cancellation);
        var spans = await fixture.Receiver.WhenTraceAsync(
            Processed, trace => IsAbout(trace, room) && Find(trace, "send ").Any(span => IsChat(span) && span.Status is not "ERROR"), Cancellation);

        var frame = Assert.Single(Find(spans, "process RoomChannel"));
        var sent = Find(spans, "send ").Single(span => span.Status is not "ERROR");
        Assert.Equal(frame.SpanId, sent.ParentId);
        Assert.NotEqual(frame["service.instance.id"], sent["service.instance.id"], StringComparer.Ordinal);
        Assert.All(Find(spans, "send ").Where(span => span.Status is "ERROR"), failed => Assert.NotEmpty(failed["error.type"]!));
    }

    [Fact]
    public async Task Event_OfATraceThatIsNotSampled_TellsConsumersSo()
    {
        fixture.Environment.Settings["OTEL_TRACES_SAMPLER"] = "always_off";
        await RestartAsync();
        var room = await fixture.ObserveAsync();

        room.Join(new SimulatedUser("u3", "Carol"));
        var joined = (await fixture.Events.WhenAsync(room.Id, "ParticipantJoined", Cancellation)).Last(happened => happened.Type is "ParticipantJoined");

        Assert.EndsWith("-00", joined.Headers["traceparent"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(joined.Headers["traceparent"], joined.Headers["MT-Activity-Id"]); // without, they would begin a trace of their own
        fixture.Environment.Settings.Remove("OTEL_TRACES_SAMPLER");
        await RestartAsync();
    }

    [Fact]
    public async Task Command_OfATracedSender_GoesOnWithItsTrace()
    {
        const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736", Parent = "00f067aa0ba902b7";

        var room = await fixture.ObserveAsync($"00-{TraceId}-{Parent}-01");
        var spans = await fixture.Receiver.WhenTraceAsync($"name = \"process {fixture.Environment.ControlQueue}\"", trace => IsAbout(trace, room), Cancellation);

        var command = Assert.Single(spans);
        Assert.Equal(("CONSUMER", Parent, "ObserveRoom", "UNSET"), (command.Kind, command.ParentId, command["eyeson.command"], command.Status));
        Assert.Equal(("rabbitmq", fixture.Environment.ControlQueue), (command["messaging.system"], command["messaging.destination.name"]));
    }

    [Fact]
    public async Task Command_ThatIsRejected_IsAFailedSpan()
    {
        await using var control = await fixture.Environment.ConnectAsync(Cancellation);

        await control.RequestAsync("ObserveRoom", """{"roomId":"lost","account":"nobodys"}""", Cancellation);
        var spans = await fixture.Receiver.WhenTraceAsync($"name = \"process {fixture.Environment.ControlQueue}\"", trace => trace[0]["eyeson.room.id"] is "lost", Cancellation);

        Assert.Equal(("ERROR", "unknownAccount"), (spans[0].Status, spans[0]["error.type"]));
    }

    [Fact]
    public async Task Connection_LostAndBack_IsASpanEach()
    {
        var room = await fixture.ObserveAsync();
        await fixture.Receiver.WhenTraceAsync("""name = "connect" """, trace => IsAbout(trace, room) && IsReconnect(trace[0], "False"), Cancellation);

        room.Faults.RejectSubscriptions = true;
        room.Drop(DropKind.Rst);
        var failed = await fixture.Receiver.WhenTraceAsync("""name = "connect" """, trace => IsAbout(trace, room) && trace[0].Status is "ERROR", Cancellation);
        room.Faults.RejectSubscriptions = false;
        var again = await fixture.Receiver.WhenTraceAsync(
            """name = "connect" """, trace => IsAbout(trace, room) && IsReconnect(trace[0], "True") && trace[0].Status is not "ERROR", Cancellation);

        Assert.Equal("SubscriptionRejected", failed[0]["error.type"]);
        Assert.Equal(("CLIENT", "connectionLost", "127.0.0.1"), (again[0].Kind, again[0]["eyeson.interruption.reason"], again[0]["server.address"]));
    }

    private async Task RestartAsync()
    {
        Assert.Equal(0, await fixture.Bridge.TerminateAsync());
        await fixture.Bridge.DisposeAsync();
        fixture.Bridge = await fixture.Environment.StartReadyAsync(Cancellation);
    }

    private static bool IsReconnect(OtlpSpan span, string value) => string.Equals(span["eyeson.reconnect"], value, StringComparison.OrdinalIgnoreCase);

    private static bool IsChat(OtlpSpan span) => span.Name.EndsWith(":ChatMessageSent", StringComparison.Ordinal);

    private static bool IsAbout(IReadOnlyList<OtlpSpan> trace, SimulatedRoom room) =>
        trace.Any(span => string.Equals(span["eyeson.room.id"], room.Id, StringComparison.Ordinal));

    private static IEnumerable<OtlpSpan> Find(IEnumerable<OtlpSpan> trace, string name) =>
        trace.Where(span => span.Name.StartsWith(name, StringComparison.Ordinal));
}
