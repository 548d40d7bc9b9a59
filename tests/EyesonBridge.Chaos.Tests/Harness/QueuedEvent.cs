using System.Text;
using System.Text.Json.Nodes;
using RabbitMQ.Client.Events;

namespace EyesonBridge.Chaos.Tests.Harness;

/// <summary>An event as a consumer takes it from its queue.</summary>
internal sealed class QueuedEvent
{
    private readonly JsonObject _message;

    public QueuedEvent(BasicDeliverEventArgs delivery)
    {
        Text = Encoding.UTF8.GetString(delivery.Body.Span);
        MessageId = delivery.BasicProperties.MessageId;
        var envelope = JsonNode.Parse(Text)!.AsObject();
        _message = envelope["message"]!.AsObject();
        Type = ((string)envelope["messageType"]![0]!).Split(':')[^1];
        Content = _message.ToJsonString();
        RoomId = (string)_message["roomId"]!;
        EventId = (string)_message["eventId"]!;
        Sequence = (long)_message["sequence"]!;
    }

    /// <summary>The whole body.</summary>
    public string Text { get; }

    /// <summary>The contract's JSON.</summary>
    public string Content { get; }

    public string? MessageId { get; }

    /// <summary>Name of the contract.</summary>
    public string Type { get; }

    public string RoomId { get; }

    public string EventId { get; }

    public long Sequence { get; }

    public DateTimeOffset OccurredAt => Time("occurredAt");

    public DateTimeOffset ObservedAt => Time("observedAt");

    /// <summary>A text among its properties.</summary>
    public string? this[string property] => (string?)_message[property];

    public DateTimeOffset Time(string property) => (DateTimeOffset)_message[property]!;

    /// <summary>A text inside one of its objects.</summary>
    public string? Inside(string property, string name) => (string?)_message[property]?[name];

    public override string ToString() => $"#{Sequence} {Type} {Content}";
}
