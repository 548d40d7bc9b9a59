using System.Collections.Concurrent;
using EyesonBridge.Outbox;
using MassTransit;
using MassTransit.RabbitMqTransport.Topology;
using RabbitMQ.Client;

namespace EyesonBridge.Bus;

/// <summary>
/// The exchanges of the events as MassTransit lays them out: one of each type, bound to those of the interfaces that it
/// implements.
/// </summary>
internal sealed class EventTopology(Lazy<IBus> bus)
{
    private readonly ConcurrentDictionary<string, (string Exchange, BrokerTopology Topology)> _ofType = new(StringComparer.Ordinal);

    /// <summary>Name of the exchange of a type.</summary>
    /// <exception cref="NotSupportedException">This version knows no event of that name.</exception>
    public string ExchangeOf(string type) => Of(type).Exchange;

    /// <summary>
    /// Declares the exchange of a type and everything behind it; nothing happens to what is there. It does not wait for the
    /// broker, which does everything in order and closes the channel if it refuses: one that is short of memory or disk would not
    /// answer.
    /// </summary>
    public async Task DeclareAsync(IChannel channel, string type, CancellationToken cancellationToken)
    {
        var topology = Of(type).Topology;
        foreach (var exchange in topology.Exchanges)
        {
            await channel.ExchangeDeclareAsync(
                exchange.ExchangeName, exchange.ExchangeType, exchange.Durable, exchange.AutoDelete, exchange.ExchangeArguments!, noWait: true, cancellationToken: cancellationToken);
        }

        foreach (var binding in topology.ExchangeBindings)
        {
            await channel.ExchangeBindAsync(
                binding.Destination.ExchangeName, binding.Source.ExchangeName, binding.RoutingKey, binding.Arguments!, noWait: true, cancellationToken);
        }
    }

    private (string Exchange, BrokerTopology Topology) Of(string type) => _ofType.GetOrAdd(
        type,
        static (type, bus) =>
        {
            var clrType = EventNames.TypeOf(type);
            var builder = new PublishEndpointBrokerTopologyBuilder();
            ((IRabbitMqMessagePublishTopology)bus.Topology.PublishTopology.GetMessageTopology(clrType)).Apply(builder);
            return ($"{clrType.Namespace}:{clrType.Name}", builder.BuildBrokerTopology());
        },
        bus.Value);
}
