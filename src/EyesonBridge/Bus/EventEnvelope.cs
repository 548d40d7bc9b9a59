using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Outbox;
using EyesonBridge.Storage;
using MassTransit;
using MassTransit.Metadata;

namespace EyesonBridge.Bus;

/// <summary>
/// MassTransit's envelope around an event, as JSON in UTF-8: the outbox keeps the event, and the envelope is put around its bytes when
/// it is published, as most of it is the same for all events of a type.
/// </summary>
/// <remarks>
/// <see href="https://masstransit.io/documentation/configuration/serialization">The format is documented</see>. What
/// MassTransit would write as null is left out. The time of sending is when the event was observed.
/// </remarks>
internal sealed class EventEnvelope(Func<EventAddresses> addresses)
{
    /// <summary>The content type of a message that is such an envelope.</summary>
    public const string ContentType = "application/vnd.masstransit+json";

    private static readonly byte[] Begin = """{"messageId":"""u8.ToArray();
    private static readonly byte[] ObservedAtName = "\"observedAt\":"u8.ToArray();
    private static readonly byte[] Host = JsonSerializer.SerializeToUtf8Bytes(HostMetadataCache.Host, JsonSerializerOptions.Web);

    // Late: the bus does not know its address before it is built.
    private readonly Lazy<FrozenDictionary<string, Constants>> _constants = new(() => ConstantsOf(addresses()));

    /// <summary>The envelope of an entry of the outbox: made around the event, or what an earlier version kept.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="buffer">What it is written into: the answer is good until the buffer is used again.</param>
    /// <exception cref="NotSupportedException">This version knows no event of that name.</exception>
    /// <exception cref="JsonException">The id of the entry, or its payload, cannot be read.</exception>
    public ReadOnlyMemory<byte> Of(OutboxEntry entry, EnvelopeBuffer buffer)
    {
        RequireId(entry);
        if (IsEnvelope(entry.Payload.Span))
            return entry.Payload;

        if (entry.Payload.IsEmpty)
            throw new JsonException("The payload is empty.");

        if (!_constants.Value.TryGetValue(entry.Type, out var constants))
            _ = EventNames.TypeOf(entry.Type); // says what is wrong
        var json = buffer.Begin();
        json.WriteStartObject();
        json.WriteString(Names.MessageId, entry.EventId);
        json.WriteString(Names.CorrelationId, entry.EventId);
        json.WriteString(Names.ConversationId, entry.EventId);
        json.WriteString(Names.SourceAddress, constants!.Source);
        json.WriteString(Names.DestinationAddress, constants.Destination);
        json.WritePropertyName(Names.MessageType);
        json.WriteRawValue(constants.Urns, skipInputValidation: true);
        json.WritePropertyName(Names.Message);
        json.WriteRawValue(entry.Payload.Span, skipInputValidation: entry.IsFresh);
        json.WriteString(Names.SentTime, ObservedAt(entry).UtcDateTime);
        WriteHeaders(json, entry);
        json.WritePropertyName(Names.Host);
        json.WriteRawValue(Host, skipInputValidation: true);
        json.WriteEndObject();
        return buffer.End();
    }

    /// <summary>The event in an entry of the outbox.</summary>
    /// <exception cref="JsonException">The payload is not such an event.</exception>
    /// <exception cref="NotSupportedException">This version knows no event of that name.</exception>
    public static RoomEvent Read(OutboxEntry entry)
    {
        RequireId(entry);
        if (!IsEnvelope(entry.Payload.Span))
            return EventSerializer.Read(entry.Type, entry.Payload.Span);

        using var envelope = JsonDocument.Parse(entry.Payload);
        return EventSerializer.Read(entry.Type, Encoding.UTF8.GetBytes(envelope.RootElement.GetProperty("message"u8).GetRawText()));
    }

    /// <summary>When the event of an entry was observed; when it was appended, if that cannot be read.</summary>
    public static DateTimeOffset ObservedAt(OutboxEntry entry)
    {
        var payload = entry.Payload.Span;
        var at = payload.IndexOf(ObservedAtName);
        if (at < 0)
            return entry.CreatedAt;

        var reader = new Utf8JsonReader(payload[(at + ObservedAtName.Length)..], isFinalBlock: false, state: default);
        return reader.Read() && reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var observedAt) ? observedAt : entry.CreatedAt;
    }

    private static void RequireId(OutboxEntry entry)
    {
        if (entry.EventId == Guid.Empty)
            throw new JsonException("The id of the event cannot be read.");
    }

    private static bool IsEnvelope(ReadOnlySpan<byte> payload) => payload.StartsWith(Begin);

    private static void WriteHeaders(Utf8JsonWriter json, OutboxEntry entry)
    {
        json.WriteStartObject(Names.Headers);
        json.WriteString(Names.RoomId, entry.RoomId);
        json.WriteString(Names.EventType, entry.Type);
        json.WriteNumber(Names.Sequence, entry.Sequence);
        if (entry.StreamId is { } streamId)
            json.WriteString(Names.StreamId, streamId);
        if (entry.TraceParent is { } traceParent)
            json.WriteString(Names.TraceParent, traceParent);
        json.WriteEndObject();
    }

    private static FrozenDictionary<string, Constants> ConstantsOf(EventAddresses addresses) => EventNames.Types.ToFrozenDictionary(
        type => type.Name,
        type => new Constants(JsonEncodedText.Encode(addresses.Source), JsonEncodedText.Encode(addresses.DestinationOf(type)), UrnsOf(type)),
        StringComparer.Ordinal);

    private static byte[] UrnsOf(Type type) =>
        JsonSerializer.SerializeToUtf8Bytes(MessageTypeCache.GetMessageTypeNames(type).ToArray());

    /// <summary>What is the same in every envelope of a type.</summary>
    private sealed record Constants(JsonEncodedText Source, JsonEncodedText Destination, byte[] Urns);

    /// <summary>The names of the envelope, as they are written.</summary>
    private static class Names
    {
        public static readonly JsonEncodedText MessageId = JsonEncodedText.Encode("messageId");
        public static readonly JsonEncodedText CorrelationId = JsonEncodedText.Encode("correlationId");
        public static readonly JsonEncodedText ConversationId = JsonEncodedText.Encode("conversationId");
        public static readonly JsonEncodedText SourceAddress = JsonEncodedText.Encode("sourceAddress");
        public static readonly JsonEncodedText DestinationAddress = JsonEncodedText.Encode("destinationAddress");
        public static readonly JsonEncodedText MessageType = JsonEncodedText.Encode("messageType");
        public static readonly JsonEncodedText Message = JsonEncodedText.Encode("message");
        public static readonly JsonEncodedText SentTime = JsonEncodedText.Encode("sentTime");
        public static readonly JsonEncodedText Headers = JsonEncodedText.Encode("headers");
        public static readonly JsonEncodedText Host = JsonEncodedText.Encode("host");
        public static readonly JsonEncodedText RoomId = JsonEncodedText.Encode(EventHeaders.RoomId);
        public static readonly JsonEncodedText EventType = JsonEncodedText.Encode(EventHeaders.EventType);
        public static readonly JsonEncodedText Sequence = JsonEncodedText.Encode(EventHeaders.Sequence);
        public static readonly JsonEncodedText StreamId = JsonEncodedText.Encode(EventHeaders.StreamId);
        public static readonly JsonEncodedText TraceParent = JsonEncodedText.Encode(EventHeaders.TraceParent);
    }
}
