using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>Queues at the broker.</summary>
internal static class Queues
{
    /// <summary>Completes once the queue is there.</summary>
    public static async Task WhenThereAsync(Uri broker, string queue, CancellationToken cancellationToken)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellationToken);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        while (!await IsThereAsync(connection, queue, cancellationToken))
            await tick.WaitForNextTickAsync(cancellationToken);
    }

    private static async Task<bool> IsThereAsync(IConnection connection, string queue, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }
}
