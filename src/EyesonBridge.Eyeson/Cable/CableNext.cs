namespace EyesonBridge.Eyeson.Cable;

/// <summary>What a listener wants after a message.</summary>
public enum CableNext
{
    /// <summary>To receive more.</summary>
    GoOn,

    /// <summary>No more: the connection is closed properly, and its ending is <see cref="CableEndingKind.Finished"/>.</summary>
    Stop,
}
