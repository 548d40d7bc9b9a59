using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Chaos.Tests.Harness;

/// <summary>Gives commands as any program can: plain JSON to the control queue.</summary>
internal static class ControlCommands
{
    /// <summary>Has rooms observed. The control queue has to be there: the worker declares it.</summary>
    public static Task ObserveAsync(Uri broker, string controlQueue, IEnumerable<string> roomIds, CancellationToken cancellationToken) =>
        SendAsync(
            broker,
            controlQueue,
            roomIds.Select(roomId => $$"""{"messageType":["urn:message:EyesonBridge.Contracts.V1:ObserveRoom"],"message":{"roomId":"{{roomId}}"} }"""),
            cancellationToken);

    /// <summary>Sends bodies as they are.</summary>
    public static async Task SendAsync(Uri broker, string controlQueue, IEnumerable<string> bodies, CancellationToken cancellationToken)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        foreach (var body in bodies)
        {
            var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json", Persistent = true };
            await channel.BasicPublishAsync("", controlQueue, mandatory: true, properties, Encoding.UTF8.GetBytes(body), cancellationToken);
        }
    }

    /// <summary>The next message of a queue, headers and body, waited for; it is gone then. The queue may come with it.</summary>
    public static async Task<string> TakeAsync(Uri broker, string queue, CancellationToken cancellationToken)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellationToken);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        BasicGetResult? found;
        while ((found = await TryTakeAsync(connection, queue, cancellationToken)) is null)
            await tick.WaitForNextTickAsync(cancellationToken);

        var headers = (found.BasicProperties.Headers ?? new Dictionary<string, object?>(StringComparer.Ordinal))
            .Select(header => $"{header.Key}: {(header.Value is byte[] text ? Encoding.UTF8.GetString(text) : header.Value)}");
        return string.Join(Environment.NewLine, [.. headers, Encoding.UTF8.GetString(found.Body.Span)]);
    }

    private static async Task<BasicGetResult?> TryTakeAsync(IConnection connection, string queue, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            return await channel.BasicGetAsync(queue, autoAck: true, cancellationToken);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode is 404)
        {
            return null;
        }
    }
}
