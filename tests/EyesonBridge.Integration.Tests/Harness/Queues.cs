using EyesonBridge.Testing.Processes;
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

    /// <summary>Completes once the queue, which is there, holds so many messages.</summary>
    /// <exception cref="TimeoutException">It never does; the text says how many it holds.</exception>
    public static async Task WhenHoldsAsync(Uri broker, string queue, uint count, CancellationToken cancellationToken)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        var startedAt = TimeProvider.System.GetTimestamp();
        while (await channel.MessageCountAsync(queue, cancellationToken) is var held && held != count)
        {
            if (TimeProvider.System.GetElapsedTime(startedAt) > SignalledList<string>.Patience)
                throw new TimeoutException($"{queue} holds {held} messages, not {count}.");
            await tick.WaitForNextTickAsync(cancellationToken);
        }
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
