using EyesonBridge.Telemetry;
using MassTransit;

namespace EyesonBridge.Control;

/// <summary>Continues the trace of a command's sender, from the W3C header or MassTransit's, and counts the command by its outcome.</summary>
internal sealed class CommandTraceFilter : IFilter<ConsumeContext>
{
    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        var command = NameOf(context);
        var result = CommandResult.Of(context.ReceiveContext);
        using var activity = CommandSpans.Start(
            context.ReceiveContext.InputAddress.AbsolutePath.Split('/')[^1],
            command,
            context.MessageId,
            CommandTrace.Of(context));
        try
        {
            await next.Send(context);
            Count(command, result, CommandOutcomes.Completed);
        }
        catch (Exception error)
        {
            activity.Fail(error.GetType().FullName!);
            Count(command, result, CommandOutcomes.Failed);
            throw;
        }
    }

    private static void Count(string? command, CommandResult result, string otherwise) =>
        OutcomeMetrics.NoteCommand(command, result.Rejection is null ? otherwise : CommandOutcomes.Rejected, result.Rejection);

    public void Probe(ProbeContext context) => context.CreateFilterScope("commandTrace");

    /// <summary>The name of the command's contract, as its sender wrote it.</summary>
    public static string? NameOf(ConsumeContext context) =>
        context.SupportedMessageTypes.FirstOrDefault() is { } urn ? urn[(urn.LastIndexOf(':') + 1)..] : null;
}
