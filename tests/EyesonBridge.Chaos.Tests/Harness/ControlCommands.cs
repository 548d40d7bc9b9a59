using System.Text;
using RabbitMQ.Client;

namespace EyesonBridge.Chaos.Tests.Harness;

/// <summary>Gives commands as any program can: plain JSON to the control queue.</summary>
internal static class ControlCommands
{
    /// <summary>Has rooms observed. The control queue has to be there: the worker declares it.</summary>
    public static async Task ObserveAsync(Uri broker, string controlQueue, IEnumerable<string> roomIds, CancellationToken cancellationToken)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        foreach (var roomId in roomIds)
        {
            var command = $$"""{"messageType":["urn:message:EyesonBridge.Contracts.V1:ObserveRoom"],"message":{"roomId":"{{roomId}}"} }""";
            var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json", Persistent = true };
            await channel.BasicPublishAsync("", controlQueue, mandatory: true, properties, Encoding.UTF8.GetBytes(command), cancellationToken);
        }
    }
}
