namespace EyesonBridge.Outbox;

/// <summary>What became of an attempt to publish an entry.</summary>
internal enum PublishOutcome
{
    /// <summary>The broker confirmed it.</summary>
    Confirmed,

    /// <summary>It is to be tried again.</summary>
    Failed,

    /// <summary>This version of the program will never be able to read it.</summary>
    Unreadable,
}
