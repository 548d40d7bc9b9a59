using System.Text;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>A message as it came from the broker.</summary>
internal sealed class ReceivedEvent
{
    public ReceivedEvent(BasicDeliverEventArgs delivery)
    {
        Text = Encoding.UTF8.GetString(delivery.Body.Span);
        RoutingKey = delivery.RoutingKey;
        Properties = new BasicProperties(delivery.BasicProperties);
        Headers = (delivery.BasicProperties.Headers ?? new Dictionary<string, object?>(StringComparer.Ordinal))
            .ToDictionary(header => header.Key, header => header.Value is byte[] text ? Encoding.UTF8.GetString(text) : header.Value, StringComparer.Ordinal);
        Envelope = JsonNode.Parse(Text)!.AsObject();
    }

    /// <summary>The body, as it stands.</summary>
    public string Text { get; }

    public string RoutingKey { get; }

    public IReadOnlyBasicProperties Properties { get; }

    /// <summary>The headers, texts as such.</summary>
    public IReadOnlyDictionary<string, object?> Headers { get; }

    /// <summary>The body as JSON.</summary>
    public JsonObject Envelope { get; }

    /// <summary>The contract's JSON.</summary>
    public JsonObject Message => Envelope["message"]!.AsObject();

    /// <summary>The name of the contract.</summary>
    public string Type => ((string)Envelope["messageType"]![0]!).Split(':')[^1];

    public string RoomId => (string)Message["roomId"]!;

    public long Sequence => (long)Message["sequence"]!;

    public string Origin => (string)Message["origin"]!;

    public override string ToString() => $"#{(long?)Message["sequence"]} {Type} {Message.ToJsonString()}";
}
