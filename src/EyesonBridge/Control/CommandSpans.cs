using System.Diagnostics;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Control;

/// <summary>Spans of commands.</summary>
internal static class CommandSpans
{
    /// <summary>Starts the span of a command; null while tracing is off.</summary>
    /// <param name="queue">The control queue.</param>
    /// <param name="command">Name of the command's contract.</param>
    /// <param name="messageId">Id of the message.</param>
    /// <param name="traceParent">The sender's trace context, as the message names it.</param>
    public static Activity? Start(string queue, string? command, Guid? messageId, string? traceParent)
    {
        if (!BridgeTelemetry.IsTracing)
            return null;

        // Whoever listens to MassTransit's own spans has one for the receiving, which is the sender's child already.
        var parent = Activity.Current?.Context ?? BridgeTelemetry.ContextOf(traceParent, isRemote: true);
        var activity = BridgeTelemetry.Source.StartActivity(
            $"process {queue}",
            ActivityKind.Consumer,
            parent,
            [
                new(TelemetryTags.MessagingSystem, TelemetryTags.RabbitMq),
                new(TelemetryTags.MessagingOperationName, "process"),
                new(TelemetryTags.MessagingOperationType, "process"),
                new(TelemetryTags.MessagingDestination, queue),
            ]);
        activity?.SetTag(TelemetryTags.Command, command);
        activity?.SetTag(TelemetryTags.MessagingMessageId, messageId?.ToString());
        return activity;
    }

    /// <summary>The command is about this room.</summary>
    public static void NoteRoom(string? roomId)
    {
        if (roomId is { Length: <= RoomIdRule.MaxLength })
            Activity.Current?.SetTag(TelemetryTags.RoomId, roomId);
    }

    /// <summary>The command is not carried out.</summary>
    public static void NoteRejected(string code) => Activity.Current?.Fail(code);
}
