namespace EyesonBridge.Storage;

/// <summary>What became of a step in the watching of a permalink.</summary>
internal enum PermalinkOutcome
{
    /// <summary>It is written.</summary>
    Written,

    /// <summary>It is written, but the room is observed with another account's key, and will be registered when it no longer is.</summary>
    AccountConflict,

    /// <summary>Nothing was written: the permalink is not waited for any more, or the meeting is known.</summary>
    NotWaited,
}
