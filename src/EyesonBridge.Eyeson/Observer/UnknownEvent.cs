namespace EyesonBridge.Eyeson.Observer;

/// <summary>An event of a type that this client does not know: newer than the client, or not documented.</summary>
/// <param name="Type">The wire's <c>type</c>.</param>
/// <param name="Raw">The whole body, UTF-8, in memory of its own. It can carry secrets: do not log it.</param>
public sealed record UnknownEvent(string Type, ReadOnlyMemory<byte> Raw) : ObserverEvent
{
    /// <inheritdoc/>
    public override string Type { get; } = Type;
}
