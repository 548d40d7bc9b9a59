using System.Diagnostics;
using System.Text;
using EyesonBridge.Bench.Load;
using EyesonBridge.Bench.Scenarios;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Bench.Candidates;

/// <summary>The bridge's queue for commands, used as any AMQP client can.</summary>
internal static class ControlQueue
{
    private const string Name = "eyeson-bridge-control";
    private const string ReplyTo = "amq.rabbitmq.reply-to";

    private static Uri? _declaredAt;

    /// <summary>Empties the queue, and leaves a command to observe each of the rooms 1 to <paramref name="rooms"/> in it.</summary>
    public static async Task FillAsync(Lab lab, int rooms, CancellationToken cancellationToken)
    {
        await DeclareAsync(lab, cancellationToken);
        await using var connection = await ConnectAsync(lab, cancellationToken);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        await channel.QueuePurgeAsync(Name, cancellationToken);
        foreach (var some in Enumerable.Range(1, rooms).Chunk(100))
            await Task.WhenAll(some.Select(room => ObserveAsync(channel, room, "", cancellationToken)));
    }

    /// <summary>Sends a command for each of the rooms as a request.</summary>
    /// <returns>The time from the first command to the last answer.</returns>
    public static async Task<TimeSpan> RequestAsync(Lab lab, int rooms, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(lab, cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var answered = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = rooms;
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            if (delivery.Body.Span.IndexOf("V1:ObservationAccepted"u8) < 0)
                answered.TrySetException(new BenchException($"A registration was not accepted: {Encoding.UTF8.GetString(delivery.Body.Span)}"));
            else if (--left == 0)
                answered.TrySetResult(Stopwatch.GetTimestamp());
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(ReplyTo, autoAck: true, consumer, cancellationToken);
        var begun = Stopwatch.GetTimestamp();
        for (var room = 1; room <= rooms; room++)
            await ObserveAsync(channel, room, $"""
                "requestId":"{Guid.NewGuid()}","responseAddress":"rabbitmq://localhost/{ReplyTo}",
                """, cancellationToken);
        return Stopwatch.GetElapsedTime(begun, await answered.Task.WaitAsync(TimeSpan.FromMinutes(5), cancellationToken));
    }

    /// <summary>Waits until a bridge takes commands.</summary>
    public static async Task WhenConsumedAsync(Lab lab, Func<bool> hasFailed, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(lab, cancellationToken);
        while (!await IsConsumedAsync(connection, cancellationToken))
        {
            if (hasFailed())
                throw new BenchException("The bridge ended before it took commands.");
            await Task.Delay(200, cancellationToken);
        }
    }

    private static Task<IConnection> ConnectAsync(Lab lab, CancellationToken cancellationToken) =>
        new ConnectionFactory { Uri = lab.Broker.Url }.CreateConnectionAsync(cancellationToken);

    private static async Task ObserveAsync(IChannel channel, int room, string request, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json", Persistent = true };
        if (request.Length > 0)
            properties.ReplyTo = ReplyTo;
        var body = $$$"""{"messageType":["urn:message:EyesonBridge.Contracts.V1:ObserveRoom"],{{{request}}}"message":{"roomId":"{{{LoadBodies.RoomId(room)}}}"}}""";
        await channel.BasicPublishAsync("", Name, mandatory: true, properties, Encoding.UTF8.GetBytes(body), cancellationToken);
    }

    /// <summary>The bridge declares its queue and exchanges; so it runs once before the first measurement at a broker.</summary>
    private static async Task DeclareAsync(Lab lab, CancellationToken cancellationToken)
    {
        if (_declaredAt == lab.Broker.Url)
            return;

        await using var bridge = new BridgeCandidate().Run(lab, sourcePort: 1, lab.NewFolder("declare"));
        await WhenConsumedAsync(lab, () => bridge.HasExited, cancellationToken);
        _declaredAt = lab.Broker.Url;
    }

    private static async Task<bool> IsConsumedAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(Name, cancellationToken)).ConsumerCount > 0;
        }
        catch (OperationInterruptedException)
        {
            return false; // and the broker has closed the channel
        }
    }
}
