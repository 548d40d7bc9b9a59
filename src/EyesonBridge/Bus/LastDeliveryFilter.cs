using System.Globalization;
using MassTransit;
using MassTransit.RabbitMqTransport;

namespace EyesonBridge.Bus;

/// <summary>
/// Moves a command aside that the broker hands out for the last time: it was never completed. The broker would move it
/// itself after that, but for ever and with its token.
/// </summary>
internal sealed class LastDeliveryFilter(string putAsideTo, int mostRedeliveries, DeadCommands dead, ILogger<LastDeliveryFilter> logger) : IFilter<ConsumeContext>
{
    private const string DeliveryCount = "x-delivery-count";

    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        if (!IsLast(context.ReceiveContext) || !context.ReceiveContext.TryGetPayload(out ChannelContext? channel))
        {
            await next.Send(context);
            return;
        }

        var reason = $"It was handed out {mostRedeliveries} times and never completed.";
        if (await dead.PutAsideAsync(channel.ConnectionContext, context.ReceiveContext, putAsideTo, reason))
            logger.AnswerUndeliverable(reason);
        await CommandPutAside.NotifyAsync(context, reason);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("lastDelivery");

    private bool IsLast(ReceiveContext message) =>
        message.TransportHeaders.TryGetHeader(DeliveryCount, out var count) && count is IConvertible
        && Convert.ToInt64(count, CultureInfo.InvariantCulture) >= mostRedeliveries;
}
