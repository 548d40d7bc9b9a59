using EyesonBridge.Telemetry;
using MassTransit;

namespace EyesonBridge.Control;

/// <summary>Continues the trace of a command's sender, from the W3C header or MassTransit's.</summary>
internal sealed class CommandTraceFilter : IFilter<ConsumeContext>
{
    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        using var activity = CommandSpans.Start(
            context.ReceiveContext.InputAddress.AbsolutePath.Split('/')[^1],
            NameOf(context.SupportedMessageTypes.FirstOrDefault()),
            context.MessageId,
            CommandTrace.Of(context));
        try
        {
            await next.Send(context);
        }
        catch (Exception error)
        {
            activity.Fail(error.GetType().FullName!);
            throw;
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("commandTrace");

    /// <summary>The name of a contract in its URN.</summary>
    private static string? NameOf(string? urn) => urn?[(urn.LastIndexOf(':') + 1)..];
}
