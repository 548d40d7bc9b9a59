using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EyesonBridge.Bus;
using EyesonBridge.Contracts.Tests.Samples;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EyesonBridge.Integration.Tests.Publishing;

/// <summary>What the bridge publishes is what MassTransit would publish for the same event, but for what is listed here.</summary>
public sealed class MassTransitPublishTests(RabbitMqFixture rabbit)
{
    /// <summary>Where the two differ, and how; for every type the same.</summary>
    private static readonly string[] Differences =
    [
        "body: conversationId: the id of the event instead of one of its own",
        "body: expirationTime: nothing instead of null",
        "body: faultAddress: nothing instead of null",
        "body: initiatorId: nothing instead of null",
        "body: requestId: nothing instead of null",
        "body: responseAddress: nothing instead of null",
        "body: sentTime: when it was observed instead of when it was sent",
        "header x-dotnet-pub-seq-no: nothing instead of its number on the channel",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_EveryEvent_IsAsMassTransitPublishesIt()
    {
        var broker = await rabbit.Server.CreateVirtualHostAsync(RabbitMqServer.UniqueName("compared"), Cancellation);
        await using var publishing = await PublishingFixture.StartAsync(broker);
        await using var listener = await EventQueue.ConnectAsync(broker, Cancellation);
        var received = await ListenAsync(listener.Channel);
        await publishing.Bus.StartAsync(Cancellation);
        try
        {
            foreach (var (number, message) in Sample.Messages.Values.OfType<RoomEvent>().Index())
            {
                var sample = number % 2 == 0 ? message : message with { StreamId = null }; // nothing is left over from the message before
                await publishing.AppendAsync("room", [sample]);
                var ours = (await received.WhenAsync("ours", all => all.Count % 2 == 1, Cancellation))[^1];
                var happened = sample with { RoomId = "room", EventId = Guid.Parse(ours["message_id"], CultureInfo.InvariantCulture), Sequence = (received.Items.Count + 1) / 2 };
                await PublishAsync(publishing.Bus, happened, ours["header traceparent"].Trim('"'));
                var massTransits = (await received.WhenAsync("MassTransit's", all => all.Count % 2 == 0, Cancellation))[^1];

                AssertDifferences(happened, ours, massTransits);
            }
        }
        finally
        {
            await publishing.Bus.StopAsync(CancellationToken.None);
        }
    }

    private static async Task<SignalledList<Dictionary<string, string>>> ListenAsync(IChannel channel)
    {
        var received = new SignalledList<Dictionary<string, string>>();
        var exchange = EventQueue.ExchangeOf(nameof(IRoomEvent));
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: Cancellation);
        await channel.QueueDeclareAsync("all", durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancellation);
        await channel.QueueBindAsync("all", exchange, "", cancellationToken: Cancellation);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            received.Add(Fields(delivery));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync("all", autoAck: true, consumer, Cancellation);
        return received;
    }

    private static Task PublishAsync(IBus bus, RoomEvent happened, string traceParent) => bus.Publish(
        happened,
        happened.GetType(),
        context =>
        {
            context.MessageId = happened.EventId;
            context.Durable = true;
            context.Mandatory = true;
            context.TrySetRoutingKey(happened.RoomId);
            context.Headers.Set(EventHeaders.RoomId, happened.RoomId);
            context.Headers.Set(EventHeaders.EventType, happened.GetType().Name);
            context.Headers.Set(EventHeaders.Sequence, happened.Sequence);
            context.Headers.Set(EventHeaders.StreamId, happened.StreamId);
            context.Headers.Set(EventHeaders.TraceParent, traceParent);
        },
        Cancellation);

    private static void AssertDifferences(RoomEvent happened, Dictionary<string, string> ours, Dictionary<string, string> massTransits)
    {
        var found = ours.Keys.Union(massTransits.Keys, StringComparer.Ordinal)
            .Where(field => !string.Equals(ours.GetValueOrDefault(field), massTransits.GetValueOrDefault(field), StringComparison.Ordinal))
            .Select(field => $"{field}: {Describe(field, ours, happened)} instead of {Describe(field, massTransits, happened)}")
            .Order(StringComparer.Ordinal);
        Assert.Equal(Differences, found, StringComparer.Ordinal);
    }

    /// <summary>What a field contains, in words where that differs from message to message.</summary>
    private static string Describe(string field, Dictionary<string, string> fields, RoomEvent happened)
    {
        if (!fields.TryGetValue(field, out var value))
            return "nothing";

        return field switch
        {
            "body: conversationId" => value.Contains($"{happened.EventId}", StringComparison.Ordinal) ? "the id of the event" : "one of its own",
            "body: sentTime" => JsonNode.Parse(value)!.GetValue<DateTimeOffset>() == happened.ObservedAt ? "when it was observed" : "when it was sent",
            "header x-dotnet-pub-seq-no" => "its number on the channel",
            _ => value,
        };
    }

    /// <summary>Everything about a message, by name.</summary>
    private static Dictionary<string, string> Fields(BasicDeliverEventArgs delivery)
    {
        var properties = delivery.BasicProperties;
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["exchange"] = delivery.Exchange,
            ["routing key"] = delivery.RoutingKey,
        };
        Add("content_type", properties.IsContentTypePresent(), properties.ContentType);
        Add("content_encoding", properties.IsContentEncodingPresent(), properties.ContentEncoding);
        Add("delivery_mode", properties.IsDeliveryModePresent(), properties.DeliveryMode);
        Add("priority", properties.IsPriorityPresent(), properties.Priority);
        Add("correlation_id", properties.IsCorrelationIdPresent(), properties.CorrelationId);
        Add("reply_to", properties.IsReplyToPresent(), properties.ReplyTo);
        Add("expiration", properties.IsExpirationPresent(), properties.Expiration);
        Add("message_id", properties.IsMessageIdPresent(), properties.MessageId);
        Add("timestamp", properties.IsTimestampPresent(), properties.Timestamp);
        Add("type", properties.IsTypePresent(), properties.Type);
        Add("user_id", properties.IsUserIdPresent(), properties.UserId);
        Add("app_id", properties.IsAppIdPresent(), properties.AppId);
        Add("cluster_id", properties.IsClusterIdPresent(), properties.ClusterId);
        foreach (var (name, value) in properties.Headers ?? new Dictionary<string, object?>(StringComparer.Ordinal))
            Add($"header {name}", isPresent: true, value is byte[] text ? $"\"{Encoding.UTF8.GetString(text)}\"" : $"{value} ({value?.GetType().Name})");
        foreach (var (name, value) in JsonNode.Parse(delivery.Body.Span)!.AsObject())
            Add($"body: {name}", isPresent: true, value?.ToJsonString() ?? "null");
        return fields;

        void Add(string name, bool isPresent, object? value)
        {
            if (isPresent)
                fields.Add(name, string.Create(CultureInfo.InvariantCulture, $"{value}"));
        }
    }
}
