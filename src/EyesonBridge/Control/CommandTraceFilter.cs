using EyesonBridge.Telemetry;
using MassTransit;
using MassTransit.Logging;

namespace EyesonBridge.Control;

/// <summary>Continues the trace of a command's sender, from the W3C header or MassTransit's.</summary>
internal sealed class CommandTraceFilter : IFilter<ConsumeContext>
{
    private const string TraceParent = "traceparent";

    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        using var activity = CommandSpans.Start(
            context.ReceiveContext.InputAddress.AbsolutePath.Split('/')[^1],
            NameOf(context.SupportedMessageTypes.FirstOrDefault()),
            context.MessageId,
            Header(context, TraceParent) ?? Header(context, DiagnosticHeaders.ActivityId));
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

    private static string? Header(ConsumeContext context, string name) =>
        context.ReceiveContext.TransportHeaders.TryGetHeader(name, out var value) || context.Headers.TryGetHeader(name, out value)
            ? value as string
            : null;

    /// <summary>The name of a contract in its URN.</summary>
    private static string? NameOf(string? urn) => urn?[(urn.LastIndexOf(':') + 1)..];
}
