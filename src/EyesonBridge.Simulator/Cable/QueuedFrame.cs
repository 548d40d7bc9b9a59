namespace EyesonBridge.Simulator.Cable;

/// <summary>What waits to be sent on a socket: a text frame, or the close frame.</summary>
/// <param name="Payload">The text as UTF-8 (or as something that only pretends to be).</param>
/// <param name="Fragments">In how many WebSocket fragments it goes.</param>
/// <param name="Delay">How long to wait before it goes.</param>
/// <param name="IsClose">True for the close frame, code 1000.</param>
internal readonly record struct QueuedFrame(
    ReadOnlyMemory<byte> Payload,
    int Fragments = 1,
    TimeSpan Delay = default,
    bool IsClose = false)
{
    public static QueuedFrame Close(TimeSpan delay = default) => new(default, Delay: delay, IsClose: true);
}
