using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EyesonBridge.Bus;
using EyesonBridge.Contracts.Tests.Samples;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Outbox;
using EyesonBridge.Storage;
using MassTransit.Context;
using MassTransit.Serialization;

namespace EyesonBridge.Tests.Bus;

/// <summary>The envelope is MassTransit's, whoever writes it.</summary>
public sealed class EventEnvelopeTests
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static readonly DateTimeOffset AppendedAt = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Types => [.. EventNames.Types.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Write_EveryEvent_IsWhatMassTransitWrites(string type) => AssertSame(Named(type), TraceParent);

    [Theory]
    [InlineData("room with \"quotes\" and \\")]
    [InlineData("Besprechung für Käthe ☕ 🎉")]
    [InlineData("<script>&amp;'+'</script>")]
    [InlineData("line\nbreak\u0001")]
    [InlineData("\"},\"headers\":{\"eyeson-room-id\":\"other")]
    public void Write_AnyRoomId_IsWhatMassTransitWrites(string roomId) => AssertSame(Named(nameof(RoomLocked)) with { RoomId = roomId }, TraceParent);

    [Fact]
    public void Write_WithoutTrace_HasNoHeaderForIt() => AssertSame(Named(nameof(RoomLocked)), traceParent: null);

    [Fact]
    public void Write_WithoutStream_HasNeitherPropertyNorHeaderForIt() =>
        AssertSame(Named(nameof(RoomLocked)) with { StreamId = null }, TraceParent);

    [Fact]
    public void Write_ManyInTurns_KeepsThemApart()
    {
        var events = EventNames.Types.Select(type => Named(type.Name)).ToList();
        var written = events.ConvertAll(happened => Envelopes.Of(happened, traceParent: null));

        Assert.All(events.Zip(written), pair => Assert.Equal(Envelopes.Of(pair.First, traceParent: null), pair.Second));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Of_WhatAnEarlierVersionKept_AreThoseBytes(string type)
    {
        var entry = EntryOf(Named(type), Envelopes.Of(Named(type), TraceParent));

        Assert.Equal(entry.Payload, Envelopes.Of(entry));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Of_FreshOrReadFromTheStore_IsTheSame(string type)
    {
        var entry = EntryOf(Named(type), EventSerializer.Write(Named(type)));

        Assert.Equal(Envelopes.Of(entry), Envelopes.Of(entry with { IsFresh = true }));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("{}{}")]
    [InlineData("""{"content":"cut of""")]
    public void Of_PayloadThatWasSpoiledInTheStore_IsRefused(string payload) =>
        Assert.ThrowsAny<JsonException>(() => Envelopes.Of(EntryOf(Named(nameof(RoomLocked)), Encoding.UTF8.GetBytes(payload))));

    [Fact]
    public void Of_ManyIntoOneBuffer_KeepsThemApartAndItSmall()
    {
        var envelope = new EventEnvelope(static () => new EventAddresses("rabbitmq://broker/bridge", static type => $"rabbitmq://broker/{type.Name}"));
        var buffer = new EnvelopeBuffer();
        var large = Named(nameof(ChatMessageSent)) is ChatMessageSent chat ? chat with { Content = new string('x', 1_000_000) } : null!;
        RoomEvent[] events = [Named(nameof(RoomLocked)), large, Named(nameof(RoomLocked)), Named(nameof(ParticipantJoined))];

        foreach (var happened in events)
        {
            var entry = EntryOf(happened, EventSerializer.Write(happened));
            var written = envelope.Of(entry, buffer);
            Assert.Equal(envelope.Of(entry, new EnvelopeBuffer()).ToArray(), written.ToArray());
            Assert.True(MemoryMarshal.TryGetArray(written, out var whole));
            Assert.InRange(whole.Array!.Length, 0, 4 * written.Length + 8192);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Read_EnvelopeOrBareEvent_GivesTheEventBack(string type)
    {
        var happened = Named(type);

        Assert.Equivalent(happened, EventEnvelope.Read(EntryOf(happened, Envelopes.Of(happened, TraceParent))), strict: true);
        Assert.Equivalent(happened, EventEnvelope.Read(EntryOf(happened, EventSerializer.Write(happened))), strict: true);
    }

    [Fact]
    public void OfAndRead_EntryWhoseIdCannotBeRead_AreRefused()
    {
        var happened = Named(nameof(ChatMessageSent));
        var entry = EntryOf(happened, Envelopes.Of(happened, TraceParent)) with { EventId = Guid.Empty };

        Assert.Throws<JsonException>(() => Envelopes.Of(entry));
        Assert.Throws<JsonException>(() => EventEnvelope.Read(entry));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void ObservedAt_EnvelopeOrBareEvent_IsThatOfTheEvent(string type)
    {
        var happened = Named(type);

        Assert.Equal(happened.ObservedAt, EventEnvelope.ObservedAt(EntryOf(happened, Envelopes.Of(happened, TraceParent))));
        Assert.Equal(happened.ObservedAt, EventEnvelope.ObservedAt(EntryOf(happened, EventSerializer.Write(happened))));
    }

    [Fact]
    public void ObservedAt_TextOfAGuestThatLooksLikeIt_IsNotTaken()
    {
        var happened = ((ChatMessageSent)Named(nameof(ChatMessageSent))) with { Content = "\"observedAt\":\"1999-01-01T00:00:00Z\"" };

        Assert.Equal(happened.ObservedAt, EventEnvelope.ObservedAt(EntryOf(happened, Envelopes.Of(happened, TraceParent))));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"observedAt":"yesterday"}""")]
    [InlineData("""{"observedAt":"2023-""")]
    [InlineData("")]
    public void ObservedAt_Unreadable_IsWhenItWasAppended(string payload) =>
        Assert.Equal(AppendedAt, EventEnvelope.ObservedAt(EntryOf(Named(nameof(RoomLocked)), Encoding.UTF8.GetBytes(payload))));

    [Fact]
    public void Of_BareEventOfANewerVersion_SaysWhatToDo()
    {
        var entry = EntryOf(Named(nameof(RoomLocked)), "{}"u8.ToArray()) with { Type = "HologramStarted" };

        var error = Assert.Throws<NotSupportedException>(() => Envelopes.Of(entry));
        Assert.Contains("newer", error.Message, StringComparison.Ordinal);
    }

    private static RoomEvent Named(string type) =>
        (RoomEvent)Sample.Messages.Single(message => string.Equals(message.Key.Name, type, StringComparison.Ordinal)).Value;

    private static OutboxEntry EntryOf(RoomEvent happened, byte[] payload) =>
        new(1, happened.RoomId, happened.Sequence, happened.EventId, happened.GetType().Name, payload, TraceParent, AppendedAt, happened.StreamId);

    private static void AssertSame(RoomEvent happened, string? traceParent)
    {
        byte[] body = MassTransitWrites((dynamic)happened, traceParent);
        var massTransits = JsonNode.Parse(body)!.AsObject();
        foreach (var name in massTransits.Where(field => field.Value is null).Select(field => field.Key).ToList())
            massTransits.Remove(name);
        massTransits["sentTime"] = happened.ObservedAt.UtcDateTime;

        AssertEqual(massTransits, JsonNode.Parse(Envelopes.Of(happened, traceParent))!);
    }

    private static void AssertEqual(JsonNode expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(expected, actual), $"expected: {expected.ToJsonString()}\nactual:   {actual.ToJsonString()}");

    private static byte[] MassTransitWrites<TEvent>(TEvent happened, string? traceParent)
        where TEvent : RoomEvent
    {
        var context = new MessageSendContext<TEvent>(happened)
        {
            MessageId = happened.EventId,
            CorrelationId = happened.EventId,
            ConversationId = happened.EventId,
            SourceAddress = new Uri("rabbitmq://broker/bridge?temporary=true"),
            DestinationAddress = new Uri($"rabbitmq://broker/{typeof(TEvent).Namespace}:{typeof(TEvent).Name}"),
        };
        context.Headers.Set(EventHeaders.RoomId, happened.RoomId);
        context.Headers.Set(EventHeaders.EventType, typeof(TEvent).Name);
        context.Headers.Set(EventHeaders.Sequence, happened.Sequence);
        if (happened.StreamId is not null)
            context.Headers.Set(EventHeaders.StreamId, happened.StreamId);
        if (traceParent is not null)
            context.Headers.Set(EventHeaders.TraceParent, traceParent);
        return new SystemTextJsonMessageSerializer().GetMessageBody(context).GetBytes();
    }
}
