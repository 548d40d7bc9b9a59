namespace EyesonBridge.Telemetry;

/// <summary>
/// Whom messages are sent to, as spans and metrics name it. Made once for a connection, so that nothing is allocated for a
/// message.
/// </summary>
internal sealed class MessageServer(string address, int port)
{
    /// <summary>Host name.</summary>
    public string Address => address;

    /// <summary>Port, as the value of an attribute.</summary>
    public object Port { get; } = port;
}
