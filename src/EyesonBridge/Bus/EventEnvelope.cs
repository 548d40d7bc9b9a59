using System.Buffers;
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
/// MassTransit's envelope around an event, as JSON in UTF-8: made once, when the event is appended; the outbox keeps these
/// bytes, and these bytes are published.
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
    private static readonly byte[] ObservedAtName = "\"observedAt\":\""u8.ToArray();
    private static readonly byte[] Host = JsonSerializer.SerializeToUtf8Bytes(HostMetadataCache.Host, JsonSerializerOptions.Web);

    [ThreadStatic]
    private static Scratch? _scratch;

    // Late: the bus does not know its address before it is built.
    private readonly Lazy<FrozenDictionary<string, Constants>> _constants = new(() => ConstantsOf(addresses()));

    /// <summary>Writes the envelope of an event.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="traceParent">W3C trace context of what caused it.</param>
    public byte[] Write(RoomEvent happened, string? traceParent)
    {
        var type = happened.GetType().Name;
        var scratch = BeginEnvelope(type, happened.EventId);
        EventSerializer.Write(scratch.Json, happened);
        return End(scratch, happened.ObservedAt, type, happened.RoomId, happened.Sequence, happened.StreamId, traceParent);
    }

    /// <summary>The envelope of an entry of the outbox: what it keeps, or made around the event that an earlier version kept bare.</summary>
    /// <exception cref="NotSupportedException">This version knows no event of that name.</exception>
    /// <exception cref="JsonException">The id of the entry cannot be read.</exception>
    public ReadOnlyMemory<byte> Of(OutboxEntry entry)
    {
        RequireId(entry);
        if (IsEnvelope(entry.Payload.Span))
            return entry.Payload;

        _ = EventNames.TypeOf(entry.Type);
        var scratch = BeginEnvelope(entry.Type, entry.EventId);
        scratch.Json.WriteRawValue(entry.Payload.Span);
        return End(scratch, entry.CreatedAt, entry.Type, entry.RoomId, entry.Sequence, entry.StreamId, entry.TraceParent);
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

        var text = payload[(at + ObservedAtName.Length)..];
        var length = text.IndexOf((byte)'"');
        return length > 0 && DateTimeOffset.TryParse(Encoding.UTF8.GetString(text[..length]), System.Globalization.CultureInfo.InvariantCulture, out var observedAt)
            ? observedAt
            : entry.CreatedAt;
    }

    private static void RequireId(OutboxEntry entry)
    {
        if (entry.EventId == Guid.Empty)
            throw new JsonException("The id of the event cannot be read.");
    }

    private static bool IsEnvelope(ReadOnlySpan<byte> payload) => payload.StartsWith(Begin);

    private static FrozenDictionary<string, Constants> ConstantsOf(EventAddresses addresses) => EventNames.Types.ToFrozenDictionary(
        type => type.Name, type => new Constants(addresses.Source, addresses.DestinationOf(type), UrnsOf(type)), StringComparer.Ordinal);

    private static byte[] UrnsOf(Type type) =>
        JsonSerializer.SerializeToUtf8Bytes(MessageTypeCache.GetMessageTypeNames(type).ToArray());

    private Scratch BeginEnvelope(string type, Guid id)
    {
        var scratch = _scratch ??= new Scratch();
        scratch.Buffer.ResetWrittenCount();
        scratch.Json.Reset();
        var constants = _constants.Value[type];
        var json = scratch.Json;
        json.WriteStartObject();
        json.WriteString("messageId"u8, id);
        json.WriteString("correlationId"u8, id);
        json.WriteString("conversationId"u8, id);
        json.WriteString("sourceAddress"u8, constants.Source);
        json.WriteString("destinationAddress"u8, constants.Destination);
        json.WritePropertyName("messageType"u8);
        json.WriteRawValue(constants.Urns, skipInputValidation: true);
        json.WritePropertyName("message"u8);
        return scratch;
    }

    private static byte[] End(
        Scratch scratch, DateTimeOffset sentAt, string type, string roomId, long sequence, string? streamId, string? traceParent)
    {
        var json = scratch.Json;
        json.WriteString("sentTime"u8, sentAt.UtcDateTime);
        json.WriteStartObject("headers"u8);
        json.WriteString(EventHeaders.RoomId, roomId);
        json.WriteString(EventHeaders.EventType, type);
        json.WriteNumber(EventHeaders.Sequence, sequence);
        if (streamId is not null)
            json.WriteString(EventHeaders.StreamId, streamId);
        if (traceParent is not null)
            json.WriteString(EventHeaders.TraceParent, traceParent);
        json.WriteEndObject();
        json.WritePropertyName("host"u8);
        json.WriteRawValue(Host, skipInputValidation: true);
        json.WriteEndObject();
        json.Flush();
        return scratch.Buffer.WrittenSpan.ToArray();
    }

    /// <summary>What is the same in every envelope of a type.</summary>
    private sealed record Constants(string Source, string Destination, byte[] Urns);

    /// <summary>What a thread writes with.</summary>
    private sealed class Scratch
    {
        public Scratch() => Json = new Utf8JsonWriter(Buffer, new JsonWriterOptions { SkipValidation = true });

        public ArrayBufferWriter<byte> Buffer { get; } = new(initialCapacity: 4096);

        public Utf8JsonWriter Json { get; }
    }
}
