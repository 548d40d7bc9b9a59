namespace EyesonBridge.Storage;

/// <summary>The outcome of a registration.</summary>
internal enum RegistrationOutcome
{
    /// <summary>The room was not wanted before, and is now.</summary>
    Registered,

    /// <summary>The room was active and wanted before.</summary>
    AlreadyRegistered,

    /// <summary>The room is active and wanted under another account; nothing was changed.</summary>
    AccountConflict,

    /// <summary>A command has stopped the observation of this meeting; what registers of its own accord changes nothing.</summary>
    Suppressed,
}
