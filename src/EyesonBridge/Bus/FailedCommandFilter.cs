using System.Globalization;
using EyesonBridge.Control;
using EyesonBridge.Telemetry;
using MassTransit;
using MassTransit.RabbitMqTransport;

namespace EyesonBridge.Bus;

/// <summary>Moves a command that failed to the error queue, where it stays for a limited time. MassTransit would leave it there for ever.</summary>
internal sealed class FailedCommandFilter(AsideQueue queue, DeadCommands dead) : IFilter<ExceptionReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (!context.TryGetPayload(out ChannelContext? channel))
            throw new InvalidOperationException("A command came without the channel that it came by.");

        if (!context.TryGetPayload<CommandResult>(out _))
            OutcomeMetrics.NoteCommand(command: null, CommandOutcomes.Failed); // it could not be read, and nobody saw it yet
        var error = context.Exception.GetBaseException();
        var headers = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [MessageHeaders.Reason] = "fault",
            [MessageHeaders.FaultExceptionType] = error.GetType().FullName,
            [MessageHeaders.FaultTimestamp] = context.ExceptionTimestamp.ToString("O", CultureInfo.InvariantCulture),
            [MessageHeaders.FaultStackTrace] = error.StackTrace,
        };
        await queue.PutAsync(
            channel.ConnectionContext,
            () => dead.PutAsideAsync(channel.ConnectionContext, context, queue.Name, SenderText.Cut(error.Message)!, headers),
            context.CancellationToken);
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("failedCommand");
}
