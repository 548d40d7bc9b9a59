namespace EyesonBridge.Storage;

/// <summary>Where the watching of a permalink stands.</summary>
internal enum PermalinkStatus
{
    /// <summary>Its meeting has not started, or the next one has not.</summary>
    Waiting,

    /// <summary>Its meeting started, and no further one is waited for.</summary>
    Started,

    /// <summary>It has expired. Never stored: who learns of it has it deleted.</summary>
    Expired,

    /// <summary>Eyeson does not know its token. Never stored either.</summary>
    Unknown,
}
