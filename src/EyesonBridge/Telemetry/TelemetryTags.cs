namespace EyesonBridge.Telemetry;

/// <summary>
/// Names of attributes: those of OpenTelemetry's conventions for messaging, and the bridge's own. Ids of rooms stand on
/// spans and logs, never on metrics. Nothing secret is ever a value: no address, no key, no token, no text of a meeting.
/// </summary>
internal static class TelemetryTags
{
    public const string MessagingSystem = "messaging.system";
    public const string MessagingOperationName = "messaging.operation.name";
    public const string MessagingOperationType = "messaging.operation.type";
    public const string MessagingDestination = "messaging.destination.name";
    public const string MessagingMessageId = "messaging.message.id";
    public const string MessagingRoutingKey = "messaging.rabbitmq.destination.routing_key";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string ErrorType = "error.type";

    public const string RoomId = "eyeson.room.id";
    public const string Account = "eyeson.account";
    public const string FrameType = "eyeson.frame.type";
    public const string FrameOutcome = "eyeson.frame.outcome";
    public const string EventType = "eyeson.event.type";
    public const string EventCount = "eyeson.event.count";
    public const string EventSequence = "eyeson.event.sequence";
    public const string EventAge = "eyeson.event.age";
    public const string IsReconnect = "eyeson.reconnect";
    public const string Command = "eyeson.command";

    /// <summary>Attributes of metrics.</summary>
    public const string Type = "type";
    public const string Outcome = "outcome";
    public const string Origin = "origin";
    public const string Reason = "reason";
    public const string State = "state";
    public const string Part = "part";
    public const string Queue = "queue";

    /// <summary>Values of <see cref="MessagingSystem"/>: Eyeson's room channel, and the broker.</summary>
    public const string ActionCable = "actioncable";
    public const string RabbitMq = "rabbitmq";

    /// <summary>What the frames of a room come over.</summary>
    public const string RoomChannel = "RoomChannel";
}
