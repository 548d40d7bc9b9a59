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
        var (body, headers, _) = await TakeWithExpirationAsync(broker, queue, condition, cancellationToken);
        return (body, headers);
    }

    /// <summary>Like <see cref="TakeAsync"/>, with the milliseconds that the message would have stayed; null for ever.</summary>
    public static async Task<(string Body, IReadOnlyDictionary<string, string?> Headers, string? Expiration)> TakeWithExpirationAsync(
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
                    return (Encoding.UTF8.GetString(found.Body.Span), Texts(found.BasicProperties), found.BasicProperties.Expiration);
                await tick.WaitForNextTickAsync(either.Token);
            }
        }
        catch (OperationCanceledException late) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException($"No such message came to {queue}.", late);
        }
    }

    /// <summary>Looks whether a text is in a message of any of the queues that take what the control queue could not deal with.</summary>
    /// <exception cref="InvalidOperationException">It is; the text names the queue.</exception>
    public static async Task AssertNowhereAsync(Uri broker, string controlQueue, string text, CancellationToken cancellationToken)
    {
        foreach (var queue in (string[])[$"{controlQueue}_error", $"{controlQueue}_skipped", $"{controlQueue}_undeliverable"])
        {
            if (await TryTakeAsync(broker, queue, body => body.Contains(text, StringComparison.Ordinal), cancellationToken) is not null)
                throw new InvalidOperationException($"It is in {queue}.");
        }
    }

    /// <summary>Waits until there is such a queue.</summary>
    public static async Task WhenExistsAsync(Uri broker, string queue, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(SignalledList<string>.Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(either.Token);
        while (!await ExistsAsync(connection, queue, either.Token))
            await tick.WaitForNextTickAsync(either.Token);
    }

    /// <summary>Waits until the queue holds no message.</summary>
    public static async Task WhenEmptyAsync(Uri broker, string queue, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(SignalledList<string>.Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(either.Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: either.Token);
        try
        {
            while (await channel.MessageCountAsync(queue, either.Token) > 0)
                await tick.WaitForNextTickAsync(either.Token);
        }
        catch (OperationCanceledException late) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException($"{queue} is not empty.", late);
        }
    }

    private static async Task<bool> ExistsAsync(IConnection connection, string queue, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
            return true;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode is 404)
        {
            return false;
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
