using EyesonBridge.Telemetry;
using MassTransit;
using MassTransit.RabbitMqTransport;

namespace EyesonBridge.Bus;

/// <summary>
/// Moves a message of a type that the bridge does not know to a queue where it stays for a limited time; MassTransit would leave
/// it there for ever. What may be a misnamed command with a token is dropped.
/// </summary>
internal sealed class SkippedMessageFilter(AsideQueue queue, DeadCommands dead) : IFilter<ReceiveContext>
{
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        if (!context.TryGetPayload(out ChannelContext? channel))
            throw new InvalidOperationException("A message came without the channel that it came by.");

        OutcomeMetrics.NoteCommand(command: null, CommandOutcomes.Skipped);
        var headers = new Dictionary<string, object?>(StringComparer.Ordinal) { [MessageHeaders.Reason] = "dead-letter" };
        await queue.PutAsync(
            channel.ConnectionContext,
            () => dead.PutAsideAsync(channel.ConnectionContext, context, queue.Name, "the bridge knows no command of this type", headers),
            context.CancellationToken);
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("skippedMessage");
}
