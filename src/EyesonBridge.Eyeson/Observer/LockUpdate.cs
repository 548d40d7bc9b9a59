namespace EyesonBridge.Eyeson.Observer;

/// <summary><c>lock</c>: the room was locked. Whether an unlock is sent (<c>locked: false</c>) is not documented.</summary>
public sealed record LockUpdate : ObserverEvent
{
    /// <inheritdoc/>
    public override string Type => ObserverEventTypes.Lock;

    /// <summary>True when nobody else can join.</summary>
    public bool? Locked { get; init; }
}
