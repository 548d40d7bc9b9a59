using EyesonBridge.Control;
using EyesonBridge.Telemetry;
using MassTransit;
using MassTransit.Context;

namespace EyesonBridge.Bus;

/// <summary>Reported to MassTransit as the message consumed when a command was moved aside; never sent anywhere.</summary>
internal sealed record CommandPutAside(string Reason)
{
    /// <summary>Reports it.</summary>
    public static Task NotifyAsync(ConsumeContext context, string reason)
    {
        OutcomeMetrics.NoteCommand(CommandTraceFilter.NameOf(context), CommandOutcomes.Undeliverable);
        return context.NotifyConsumed(
            new MessageConsumeContext<CommandPutAside>(context, new CommandPutAside(reason)), TimeSpan.Zero, nameof(CommandPutAside));
    }
}
