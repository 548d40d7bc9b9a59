using System.Runtime.CompilerServices;
using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace EyesonBridge.Bus;

/// <summary>The order of deliveries, for each channel that there is.</summary>
internal sealed class DeliveryOrders
{
    private readonly ConditionalWeakTable<IChannel, DeliveryOrder> _orders = [];

    /// <summary>The order that a delivery is part of, and its number in it. False when the transport tells none.</summary>
    public bool TryFind(ReceiveContext received, out DeliveryOrder order, out ulong delivery)
    {
        if (received.TryGetPayload(out RabbitMqBasicConsumeContext? consumed) && received.TryGetPayload(out ChannelContext? channel))
        {
            delivery = consumed.DeliveryTag;
            order = _orders.GetValue(channel.Channel, static _ => new DeliveryOrder());
            return true;
        }

        (order, delivery) = (null!, 0);
        return false;
    }
}
