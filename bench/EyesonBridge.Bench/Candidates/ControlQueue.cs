using System.Text;
using EyesonBridge.Bench.Load;
using EyesonBridge.Bench.Scenarios;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Bench.Candidates;

/// <summary>The bridge's queue for commands, used as any AMQP client can.</summary>
internal static class ControlQueue
{
    public const string Name = "eyeson-bridge-control";

    private static Uri? _declaredAt;

    /// <summary>Empties the queue, and leaves a command to observe each of the rooms 1 to <paramref name="rooms"/> in it.</summary>
    public static async Task FillAsync(Lab lab, int rooms, CancellationToken cancellationToken)
    {
        await DeclareAsync(lab, cancellationToken);
        await using var connection = await new ConnectionFactory { Uri = lab.Broker.Url }.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        await channel.QueuePurgeAsync(Name, cancellationToken);
        foreach (var some in Enumerable.Range(1, rooms).Chunk(100))
            await Task.WhenAll(some.Select(room => ObserveAsync(channel, room, cancellationToken)));
    }

    private static async Task ObserveAsync(IChannel channel, int room, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json", Persistent = true };
        var body = $$$"""{"messageType":["urn:message:EyesonBridge.Contracts.V1:ObserveRoom"],"message":{"roomId":"{{{LoadBodies.RoomId(room)}}}"}}""";
        await channel.BasicPublishAsync("", Name, mandatory: true, properties, Encoding.UTF8.GetBytes(body), cancellationToken);
    }

    /// <summary>The bridge declares its queue and exchanges; so it runs once before the first measurement at a broker.</summary>
    private static async Task DeclareAsync(Lab lab, CancellationToken cancellationToken)
    {
        if (_declaredAt == lab.Broker.Url)
            return;

        await using var bridge = new BridgeCandidate().Run(lab, sourcePort: 1, lab.NewFolder("declare"));
        await using var connection = await new ConnectionFactory { Uri = lab.Broker.Url }.CreateConnectionAsync(cancellationToken);
        while (!await ExistsAsync(connection, cancellationToken))
        {
            if (bridge.HasExited)
                throw new BenchException($"The bridge ended: {bridge.LastLines}");
            await Task.Delay(200, cancellationToken);
        }

        _declaredAt = lab.Broker.Url;
    }

    private static async Task<bool> ExistsAsync(IConnection connection, CancellationToken cancellationToken)
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
