using System.Text;
using EyesonBridge.Testing.Processes;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Testing.RabbitMq;

/// <summary>Looks into the queues that take what the control queue could not deal with.</summary>
public static class DeadCommands
{
    /// <summary>Waits for a message in the queue for which the condition holds, and takes it out. The queue comes with its first message.</summary>
    /// <returns>The body, and the headers with texts as such.</returns>
    public static async Task<(string Body, IReadOnlyDictionary<string, string?> Headers)> TakeAsync(
        Uri broker, string queue, Func<string, bool> condition, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(SignalledList<string>.Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        try
        {
            while (true)
            {
                if (await TryTakeAsync(broker, queue, condition, either.Token) is { } found)
                    return (Encoding.UTF8.GetString(found.Body.Span), Texts(found.BasicProperties));
                await tick.WaitForNextTickAsync(either.Token);
            }
        }
        catch (OperationCanceledException late) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException($"No such message came to {queue}.", late);
        }
    }

    private static async Task<BasicGetResult?> TryTakeAsync(
        Uri broker, string queue, Func<string, bool> condition, CancellationToken cancellationToken)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken); // what is not taken goes back with it
        try
        {
            while (await channel.BasicGetAsync(queue, autoAck: false, cancellationToken) is { } found)
            {
                if (!condition(Encoding.UTF8.GetString(found.Body.Span)))
                    continue;

                await channel.BasicAckAsync(found.DeliveryTag, multiple: false, cancellationToken);
                return found;
            }
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode is 404 or 541)
        {
            // Nothing was ever set aside so far, or the queue is being made.
        }

        return null;
    }

    private static Dictionary<string, string?> Texts(IReadOnlyBasicProperties properties) =>
        (properties.Headers ?? new Dictionary<string, object?>(StringComparer.Ordinal)).ToDictionary(
            header => header.Key,
            header => header.Value is byte[] text ? Encoding.UTF8.GetString(text) : header.Value?.ToString(),
            StringComparer.Ordinal);
}
