using MassTransit;

namespace EyesonBridge.Bus;

/// <summary>Lets nobody wait for a delivery that is done, whatever became of it: it may have been no command at all.</summary>
internal sealed class DeliveryPassedFilter(DeliveryOrders orders) : IFilter<ReceiveContext>
{
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        try
        {
            await next.Send(context);
        }
        finally
        {
            if (orders.TryFind(context, out var order, out var delivery))
                order.Pass(delivery);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("deliveryPassed");
}
