namespace EyesonBridge.Eyeson.Observer;

/// <summary>A body that is not a JSON object with a <c>type</c>, or whose main property has the wrong shape for its type.</summary>
/// <param name="Type">The wire's <c>type</c> when it could be read, else null.</param>
/// <param name="Raw">The whole body as received, in memory of its own. It can carry secrets: do not log it.</param>
/// <param name="Problem">What is wrong, for people; without any content of the body.</param>
public sealed record UnreadableEvent(string? Type, ReadOnlyMemory<byte> Raw, string Problem) : ObserverEvent
{
    /// <inheritdoc/>
    public override string? Type { get; } = Type;
}
