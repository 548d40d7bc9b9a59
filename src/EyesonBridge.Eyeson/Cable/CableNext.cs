namespace EyesonBridge.Eyeson.Cable;

/// <summary>What a listener wants after what it heard.</summary>
public enum CableNext
{
    /// <summary>To hear more.</summary>
    GoOn,

    /// <summary>No more: the connection is closed politely, and its ending is <see cref="CableEndingKind.Finished"/>.</summary>
    Stop,
}
