using System.Runtime.Serialization;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Control;
using MassTransit;

namespace EyesonBridge.Bus;

/// <summary>
/// Commands on one room, or with one token, are carried out in the order in which the broker delivered them; others beside
/// them. It comes before everything that takes time. Guests are requested in no order: many have the same token.
/// </summary>
internal sealed class CommandOrderFilter(DeliveryOrders orders, CommandLines lines, TimeProvider time) : IFilter<ConsumeContext>
{
    /// <summary>Deliveries follow each other at once; one that does not come within this time was dropped while a channel ended.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        var line = LineOf(context);
        CommandLines.Place? place = null;
        if (orders.TryFind(context.ReceiveContext, out var order, out var delivery))
        {
            await WhenNextAsync(order, delivery, context.CancellationToken);
            place = line is null ? null : lines.Enter(line);
            order.Pass(delivery);
        }
        else if (line is not null)
        {
            place = lines.Enter(line);
        }

        using (place)
        {
            if (place is not null)
            {
                context.GetOrAddPayload(() => place);
                await place.Turn.WaitAsync(context.CancellationToken);
            }

            await next.Send(context);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("commandOrder");

    private async Task WhenNextAsync(DeliveryOrder order, ulong delivery, CancellationToken cancellationToken)
    {
        try
        {
            await order.WhenNextAsync(delivery).WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            order.GiveUpBefore(delivery);
        }
    }

    private static string? LineOf(ConsumeContext context)
    {
        try
        {
            return context.TryGetMessage<ObserveRoom>(out var observe) ? Room(observe.Message.RoomId)
                : context.TryGetMessage<StopObservingRoom>(out var stop) ? Room(stop.Message.RoomId)
                : context.TryGetMessage<ObservePermalink>(out var watch) ? Token(watch.Message.Token)
                : context.TryGetMessage<StopObservingPermalink>(out var unwatch) ? Token(unwatch.Message.Token)
                : context.TryGetMessage<StartPermalinkMeeting>(out var start) ? Token(start.Message.UserToken)
                : null;
        }
        catch (SerializationException)
        {
            return null; // whoever reads it next says what is wrong with it
        }
    }

    private static string Room(string? roomId) => $"room {roomId}";

    private static string Token(string? token) => $"token {token}";
}
