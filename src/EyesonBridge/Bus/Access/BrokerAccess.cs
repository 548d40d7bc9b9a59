using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Bus.Access;

/// <summary>
/// Asks the broker which permissions are missing, and changes nothing: it is asked for things that it looks at only after
/// the permission, and then cannot do.
/// </summary>
internal static class BrokerAccess
{
    private const ushort AccessRefused = 403;
    private const int AtOnce = 8;
    private const string Present = "amq.fanout"; // in each virtual host

    /// <summary>Those of <paramref name="needs"/> that the connection's user does not have, in their order.</summary>
    /// <exception cref="OperationInterruptedException">The broker refuses everything, such as the virtual host.</exception>
    public static Task<IReadOnlyList<BrokerNeed>> MissingAsync(IConnection connection, IReadOnlyList<BrokerNeed> needs, CancellationToken cancellationToken) =>
        ClosedConnection.ExplainAsync(connection, () => AskAsync(connection, needs, cancellationToken));

    private static async Task<IReadOnlyList<BrokerNeed>> AskAsync(
        IConnection connection, IReadOnlyList<BrokerNeed> needs, CancellationToken cancellationToken)
    {
        await using (await connection.CreateChannelAsync(cancellationToken: cancellationToken))
        {
            // The virtual host is not looked at before there is a channel.
        }

        var missing = new ConcurrentDictionary<BrokerNeed, byte>();
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(needs, limits, async (need, cancelled) =>
        {
            if (!await IsGrantedAsync(connection, need, cancelled))
                missing.TryAdd(need, 0);
        });
        return [.. needs.Where(missing.ContainsKey)];
    }

    private static async Task<bool> IsGrantedAsync(IConnection connection, BrokerNeed need, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await TryAsync(channel, need, cancellationToken);
            return true;
        }
        catch (OperationInterruptedException refused) when (connection.IsOpen && refused.ShutdownReason is { Initiator: ShutdownInitiator.Peer } reason)
        {
            // Also refused is what was named beside it, only to be named: that says nothing.
            return reason.ReplyCode != AccessRefused || !reason.ReplyText.Contains($"'{need.Name}'", StringComparison.Ordinal);
        }
    }

    private static Task TryAsync(IChannel channel, BrokerNeed need, CancellationToken cancellationToken) => need switch
    {
        { Permission: BrokerPermission.Configure, IsQueue: true } => channel.QueueDeclareAsync(
            need.Name, durable: true, exclusive: false, autoDelete: false, Impossible("x-max-length", -1), cancellationToken: cancellationToken),
        { Permission: BrokerPermission.Configure } => channel.ExchangeDeclareAsync(
            need.Name, ExchangeType.Fanout, durable: true, autoDelete: false, Impossible("alternate-exchange", 0), cancellationToken: cancellationToken),
        { Permission: BrokerPermission.Write, IsQueue: true } => channel.QueueUnbindAsync(need.Name, Present, Nobodys(), cancellationToken: cancellationToken),
        { Permission: BrokerPermission.Write } => channel.ExchangeUnbindAsync(need.Name, Present, Nobodys(), cancellationToken: cancellationToken),
        { IsQueue: true } => channel.BasicConsumeAsync(
            need.Name, autoAck: false, "", noLocal: false, exclusive: false, Impossible("x-priority", "none"), new AsyncEventingBasicConsumer(channel), cancellationToken),
        _ => channel.ExchangeUnbindAsync(need.BoundTo!, need.Name, Nobodys(), cancellationToken: cancellationToken),
    };

    private static Dictionary<string, object?> Impossible(string argument, object value) => new(StringComparer.Ordinal) { [argument] = value };

    /// <summary>A binding key that nobody has.</summary>
    private static string Nobodys() => Guid.NewGuid().ToString();
}
