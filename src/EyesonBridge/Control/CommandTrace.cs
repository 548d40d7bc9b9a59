using MassTransit;
using MassTransit.Logging;

namespace EyesonBridge.Control;

/// <summary>The trace that a command's sender is in.</summary>
internal static class CommandTrace
{
    /// <summary>Name of the W3C header.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>As the message names it, by the W3C header or MassTransit's; null when it does not.</summary>
    public static string? Of(ConsumeContext command) => Header(command, TraceParent) ?? Header(command, DiagnosticHeaders.ActivityId);

    private static string? Header(ConsumeContext command, string name) =>
        command.ReceiveContext.TransportHeaders.TryGetHeader(name, out var value) || command.Headers.TryGetHeader(name, out value)
            ? value as string
            : null;
}
