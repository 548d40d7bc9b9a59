using System.Text.Json.Nodes;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Schemas;

/// <summary>The AsyncAPI document: what the bridge sends and receives over RabbitMQ, over which exchanges, and in which form.</summary>
/// <param name="comments">What the messages mean.</param>
internal sealed class AsyncApiDocument(ContractComments comments)
{
    private const string Schemas = "#/components/schemas/";
    private const string Messages = "#/components/messages/";
    private const string Control = "control";
    private const string Replies = "answers";

    /// <summary>The version of the AMQP bindings, which each of them states.</summary>
    private const string Bindings = "0.3.0";

    private static readonly IReadOnlyList<Type> AllMessages = [.. ContractCatalog.Events, .. ContractCatalog.Commands, .. ContractCatalog.AnswerTypes];

    private readonly RecordSchemas _records = new(comments, Schemas);

    /// <summary>The document.</summary>
    public JsonObject Create() => new()
    {
        ["asyncapi"] = "3.0.0",
        ["info"] = new JsonObject
        {
            ["title"] = "EyesonBridge",
            ["version"] = "1.0.0",
            ["description"] = "Observes Eyeson meetings and publishes what happens in them to RabbitMQ. The version is that of the contracts (V1), in which optional properties and new messages can be added.",
            ["license"] = new JsonObject { ["name"] = "MIT" },
        },
        ["defaultContentType"] = "application/vnd.masstransit+json",
        ["servers"] = new JsonObject
        {
            ["broker"] = new JsonObject
            {
                ["host"] = "broker.example.com:5672",
                ["protocol"] = "amqp",
                ["protocolVersion"] = "0.9.1",
                ["description"] = "The RabbitMQ of `Bus:Url`.",
            },
        },
        ["channels"] = Channels(),
        ["operations"] = Operations(),
        ["components"] = new JsonObject
        {
            ["messages"] = Members(AllMessages, Message),
            ["schemas"] = AllSchemas(),
        },
    };

    private JsonObject Channels()
    {
        var channels = Members(
            [.. ContractCatalog.Interfaces, .. ContractCatalog.Events],
            type => Channel(ContractCatalog.ExchangeOf(type), $"{comments.Of(type)} Bind a queue of your own to this exchange.", Carried(type)));
        channels[Control] = Channel(
            "eyeson-bridge-control",
            "Commands to the bridge: the exchange in front of the control queue, which has the same name (`Bus:ControlQueue`).",
            ContractCatalog.Commands);
        channels[Replies] = new JsonObject
        {
            ["address"] = null,
            ["description"] = "Answers to commands that were sent as requests: what the `responseAddress` of the request names.",
            ["messages"] = Members(ContractCatalog.AnswerTypes, static type => Reference(Messages + type.Name)),
        };
        return channels;
    }

    private static JsonObject Channel(string exchange, string description, IReadOnlyList<Type> messages) => new()
    {
        ["address"] = exchange,
        ["description"] = description,
        ["messages"] = Members(messages, static type => Reference(Messages + type.Name)),
        ["bindings"] = Amqp(new JsonObject
        {
            ["is"] = "routingKey",
            ["exchange"] = new JsonObject { ["name"] = exchange, ["type"] = "fanout", ["durable"] = true, ["autoDelete"] = false, ["vhost"] = "/" },
        }),
    };

    private JsonObject Operations()
    {
        var operations = new JsonObject();
        foreach (var type in ContractCatalog.Interfaces.Concat(ContractCatalog.Events))
        {
            operations[$"publish{type.Name}"] = new JsonObject
            {
                ["action"] = "send",
                ["channel"] = Reference($"#/channels/{type.Name}"),
                ["summary"] = comments.Of(type),
                ["messages"] = InChannel(type.Name, Carried(type)),
                ["bindings"] = Amqp(new JsonObject { ["deliveryMode"] = 2, ["mandatory"] = true }),
            };
        }

        foreach (var command in ContractCatalog.Commands)
        {
            operations[$"receive{command.Name}"] = new JsonObject
            {
                ["action"] = "receive",
                ["channel"] = Reference($"#/channels/{Control}"),
                ["summary"] = comments.Of(command),
                ["messages"] = InChannel(Control, [command]),
                ["bindings"] = Amqp(new JsonObject { ["ack"] = true }),
                ["reply"] = new JsonObject
                {
                    ["address"] = new JsonObject { ["location"] = "$message.payload#/responseAddress" },
                    ["channel"] = Reference($"#/channels/{Replies}"),
                    ["messages"] = InChannel(Replies, [ContractCatalog.Answers[command], typeof(CommandRejected)]),
                },
            };
        }

        return operations;
    }

    private JsonObject Message(Type type)
    {
        var message = new JsonObject
        {
            ["name"] = type.Name,
            ["title"] = type.Name,
            ["summary"] = comments.Of(type),
            ["payload"] = new JsonObject
            {
                ["allOf"] = new JsonArray(
                    Reference($"{Schemas}{nameof(EnvelopeSchemas.Envelope)}"),
                    new JsonObject
                    {
                        ["type"] = "object",
                        ["properties"] = new JsonObject
                        {
                            ["messageType"] = new JsonObject { ["contains"] = new JsonObject { ["const"] = ContractCatalog.UrnOf(type) } },
                            ["message"] = Reference(Schemas + type.Name),
                        },
                    }),
            },
        };
        if (type.IsSubclassOf(typeof(RoomEvent)))
            message["headers"] = Reference($"{Schemas}{nameof(EnvelopeSchemas.EventHeaders)}");
        return message;
    }

    private JsonObject AllSchemas()
    {
        var types = AllMessages.Concat(AllMessages.SelectMany(RecordSchemas.CarriedBy)).Distinct().OrderBy(type => type.Name, StringComparer.Ordinal).ToList();
        var schemas = Members(types, _records.Of);
        schemas[nameof(EnvelopeSchemas.Envelope)] = EnvelopeSchemas.Envelope();
        schemas[nameof(EnvelopeSchemas.EventHeaders)] = EnvelopeSchemas.EventHeaders();
        StandAlone(schemas);
        return schemas;
    }

    /// <summary>The schemas of AsyncAPI are those of draft 7, in which nothing counts that stands beside a reference.</summary>
    private static void StandAlone(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
                StandAlone(item);
        }
        else if (node is JsonObject schema)
        {
            if (schema.Count > 1 && schema["$ref"] is JsonValue reference)
            {
                schema.Remove("$ref");
                schema["allOf"] = new JsonArray(new JsonObject { ["$ref"] = reference });
            }

            foreach (var (_, value) in schema)
                StandAlone(value);
        }
    }

    /// <summary>The events that come to the exchange of an event or an interface.</summary>
    private static Type[] Carried(Type type) => [.. ContractCatalog.Events.Where(type.IsAssignableFrom)];

    private static JsonObject Members(IReadOnlyList<Type> types, Func<Type, JsonNode> value) =>
        new(types.Select(type => KeyValuePair.Create<string, JsonNode?>(type.Name, value(type))));

    private static JsonArray InChannel(string channel, IReadOnlyList<Type> types) =>
        [.. types.Select(type => Reference($"#/channels/{channel}/messages/{type.Name}"))];

    private static JsonObject Reference(string to) => new() { ["$ref"] = to };

    private static JsonObject Amqp(JsonObject binding)
    {
        binding["bindingVersion"] = Bindings;
        return new JsonObject { ["amqp"] = binding };
    }
}
