namespace EyesonBridge.Outbox;

/// <summary>The outcome of adding an entry to the lanes.</summary>
internal enum LaneEntry
{
    /// <summary>Its room had none: somebody has to take care of the room.</summary>
    First,

    /// <summary>It waits behind others of its room.</summary>
    Behind,

    /// <summary>Its room is blocked: the entry stays in the outbox.</summary>
    Refused,
}
