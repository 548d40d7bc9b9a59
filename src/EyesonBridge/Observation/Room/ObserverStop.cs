namespace EyesonBridge.Observation.Room;

/// <summary>Why an observer is asked to stop.</summary>
internal enum ObserverStop
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>Nothing wants the room any more.</summary>
    NotWanted,

    /// <summary>The room is another's by now.</summary>
    LeaseLost,

    /// <summary>The bridge is being stopped.</summary>
    ShuttingDown,
}
