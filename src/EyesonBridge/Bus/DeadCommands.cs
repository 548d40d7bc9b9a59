using System.Collections.Immutable;
using System.Globalization;
using EyesonBridge.Control;
using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace EyesonBridge.Bus;

/// <summary>
/// Moves commands that were not carried out to a queue where somebody can look at them, for a limited time. Those that
/// carry a token are dropped instead, and logged without it.
/// </summary>
/// <param name="keepFor">For how long the broker keeps what is moved. Told with each message and not to the queue: a queue that is there cannot be declared anew with another time.</param>
/// <param name="logger">Logger.</param>
internal sealed class DeadCommands(TimeSpan keepFor, ILogger<DeadCommands> logger)
{
    private readonly string _expiration = ((long)keepFor.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>Moves a command; completes when the broker has it. False when it was dropped.</summary>
    /// <param name="connection">The connection that it came by.</param>
    /// <param name="command">The command.</param>
    /// <param name="exchange">The exchange that leads to the queue.</param>
    /// <param name="reason">Why it was not carried out; goes into a header.</param>
    /// <param name="headers">What the message says beside that.</param>
    public async Task<bool> PutAsideAsync(
        ConnectionContext connection, ReceiveContext command, string exchange, string reason, IReadOnlyDictionary<string, object?>? headers = null)
    {
        if (TokenCommands.NameIn(command) is { } name)
        {
            logger.CommandDropped(name, reason);
            return false;
        }

        await using var channel = await connection.Connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), command.CancellationToken);
        var properties = new BasicProperties
        {
            Persistent = true,
            ContentType = command.ContentType?.ToString(),
            Expiration = _expiration,
            Headers = new Dictionary<string, object?>(headers ?? ImmutableDictionary<string, object?>.Empty, StringComparer.Ordinal) { [MessageHeaders.FaultMessage] = reason },
        };
        await channel.BasicPublishAsync(exchange, "", mandatory: true, properties, command.GetBody(), command.CancellationToken);
        return true;
    }
}
