using System.Text.Json.Nodes;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Schemas;

/// <summary>JSON Schema of what is around every message: MassTransit's envelope, and the headers of events.</summary>
internal static class EnvelopeSchemas
{
    /// <summary>The envelope. The bridge leaves out of events what does not apply; MassTransit writes it as null.</summary>
    public static JsonObject Envelope() => new()
    {
        ["title"] = nameof(Envelope),
        ["description"] = "What is around every message: MassTransit's envelope. To send a command, `messageType` and `message` are enough; a request needs `requestId` and `responseAddress` too.",
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["messageId"] = Nullable("string", "Identity of the message; that of an event is its `eventId`.", "uuid"),
            ["requestId"] = Nullable("string", "Identity of a request, the same in its answer.", "uuid"),
            ["correlationId"] = Nullable("string", "In events, the `eventId` again.", "uuid"),
            ["conversationId"] = Nullable("string", "In events, the `eventId` again.", "uuid"),
            ["initiatorId"] = Nullable("string", "MassTransit's id of what caused the message.", "uuid"),
            ["sourceAddress"] = Nullable("string", "Address of the bus that sent the message."),
            ["destinationAddress"] = Nullable("string", "Address of the exchange that it was sent to."),
            ["responseAddress"] = Nullable("string", "Where the answer to a request goes, such as `exchange:my-answers?temporary=true`."),
            ["faultAddress"] = Nullable("string", "Where to tell that a command failed; the response address if omitted."),
            ["messageType"] = new JsonObject
            {
                ["description"] = $"What the message is, first its own type, such as `{ContractCatalog.UrnOf(typeof(ParticipantJoined))}`; then what else it can be read as.",
                ["type"] = "array",
                ["items"] = new JsonObject { ["type"] = "string" },
                ["minItems"] = 1,
            },
            ["message"] = new JsonObject { ["description"] = "The message itself: an event, a command or an answer.", ["type"] = "object" },
            ["expirationTime"] = Nullable("string", "When a command need not be carried out any more, UTC.", "date-time"),
            ["sentTime"] = Nullable("string", "When it was sent, UTC; of an event, when it was observed.", "date-time"),
            ["headers"] = Nullable("object", "Headers; those of an event are on the message of the broker, too."),
            ["host"] = Nullable("object", "Which program sent the message, on which machine."),
        },
        ["required"] = new JsonArray("messageType", "message"),
    };

    /// <summary>The headers of every event.</summary>
    public static JsonObject EventHeaders() => new()
    {
        ["title"] = nameof(EventHeaders),
        ["description"] = "Headers of every event, on the message of the broker, for consumers that route or filter without reading the body.",
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["eyeson-room-id"] = Typed("string", "Id of the room; the routing key, too."),
            ["eyeson-event-type"] = Typed("string", "Name of the event, such as `ParticipantJoined`."),
            ["eyeson-sequence"] = Typed("integer", "Position of the event among those of its room."),
            ["eyeson-stream-id"] = Typed("string", "The history in which the sequence counts; absent if the event has none."),
            ["traceparent"] = Typed("string", "W3C trace context of what sent the event."),
        },
        ["required"] = new JsonArray("eyeson-room-id", "eyeson-event-type", "eyeson-sequence"),
    };

    private static JsonObject Nullable(string type, string description, string? format = null)
    {
        var schema = new JsonObject { ["description"] = description, ["type"] = new JsonArray(type, "null") };
        if (format is not null)
            schema["format"] = format;
        return schema;
    }

    private static JsonObject Typed(string type, string description) => new() { ["description"] = description, ["type"] = type };
}
