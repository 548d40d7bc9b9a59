namespace EyesonBridge.Bus;

/// <summary>Headers of every published event, for consumers that route or filter without reading the body.</summary>
internal static class EventHeaders
{
    /// <summary>Id of the room.</summary>
    public const string RoomId = "eyeson-room-id";

    /// <summary>Name of the contract.</summary>
    public const string EventType = "eyeson-event-type";

    /// <summary>Number of the event in its room.</summary>
    public const string Sequence = "eyeson-sequence";

    /// <summary>The history in which the sequence counts.</summary>
    public const string StreamId = "eyeson-stream-id";

    /// <summary>W3C trace context of what caused the event.</summary>
    public const string TraceParent = "traceparent";
}
