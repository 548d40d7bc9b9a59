using System.Text;
using System.Text.Json;
using RabbitMQ.Client.Events;

namespace EyesonBridge.Chaos.Tests.Harness;

/// <summary>An event as a consumer takes it from its queue. Only the bytes are kept: there can be hundreds of thousands.</summary>
internal sealed class QueuedEvent
{
    private readonly byte[] _body;

    public QueuedEvent(BasicDeliverEventArgs delivery)
    {
        _body = delivery.Body.ToArray();
        MessageId = delivery.BasicProperties.MessageId;
        using var envelope = JsonDocument.Parse(_body);
        var message = envelope.RootElement.GetProperty("message");
        Type = envelope.RootElement.GetProperty("messageType")[0].GetString()!.Split(':')[^1];
        RoomId = message.GetProperty("roomId").GetString()!;
        EventId = message.GetProperty("eventId").GetString()!;
        Sequence = message.GetProperty("sequence").GetInt64();
    }

    /// <summary>The whole body.</summary>
    public string Text => Encoding.UTF8.GetString(_body);

    /// <summary>The contract's JSON.</summary>
    public string Content => Read(static message => message.GetRawText());

    public string? MessageId { get; }

    /// <summary>Name of the contract.</summary>
    public string Type { get; }

    public string RoomId { get; }

    public string EventId { get; }

    public long Sequence { get; }

    public DateTimeOffset OccurredAt => Time("occurredAt");

    public DateTimeOffset ObservedAt => Time("observedAt");

    /// <summary>A text among its properties.</summary>
    public string? this[string property] => Read(message => TextOf(message, property));

    public DateTimeOffset Time(string property) => Read(message => message.GetProperty(property).GetDateTimeOffset());

    /// <summary>A text inside one of its objects.</summary>
    public string? Inside(string property, string name) =>
        Read(message => message.TryGetProperty(property, out var inner) && inner.ValueKind is JsonValueKind.Object ? TextOf(inner, name) : null);

    public override string ToString() => $"#{Sequence} {Type} {Content}";

    private static string? TextOf(JsonElement element, string property) => element.TryGetProperty(property, out var value) ? value.GetString() : null;

    private T Read<T>(Func<JsonElement, T> read)
    {
        using var envelope = JsonDocument.Parse(_body);
        return read(envelope.RootElement.GetProperty("message"));
    }
}
