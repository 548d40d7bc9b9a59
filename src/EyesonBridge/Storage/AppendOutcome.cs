namespace EyesonBridge.Storage;

/// <summary>The outcome of an append.</summary>
internal enum AppendOutcome
{
    /// <summary>It is on disk.</summary>
    Committed,

    /// <summary>Nothing was written: the lease, the epoch or the sequence has changed.</summary>
    Fenced,

    /// <summary>Nothing was written: the room is wanted again, or otherwise.</summary>
    WantedAgain,
}
