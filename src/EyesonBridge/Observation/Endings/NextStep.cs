namespace EyesonBridge.Observation.Endings;

/// <summary>What to do after an ending.</summary>
internal enum NextStep
{
    /// <summary>Ask <c>GET /rooms</c>, and decide again with the answer.</summary>
    AskRooms,

    /// <summary>Connect again, soon and then less and less often.</summary>
    Reconnect,

    /// <summary>The room was refused, and that is no matter of its key or of its not running, as far as is known: say so, and try again less and less often.</summary>
    Insist,

    /// <summary>The room is not running yet: try again slowly.</summary>
    Wait,

    /// <summary>The key is rejected now, but was accepted before: wait for another one.</summary>
    Suspend,

    /// <summary>The meeting ended; so does the observation.</summary>
    EndMeeting,

    /// <summary>The meeting ended while the room was not observed: report that, and end the observation.</summary>
    ConcludeMeeting,

    /// <summary>End the observation because it is no longer wanted.</summary>
    EndStopped,

    /// <summary>Give up: the key is rejected.</summary>
    RejectKey,

    /// <summary>Give up: the room is not running.</summary>
    RejectNotRunning,

    /// <summary>Give up: the room stays refused.</summary>
    RejectRefused,

    /// <summary>Give up: there is no such account.</summary>
    RejectAccount,

    /// <summary>Release the room and leave everything as it is; another process, or this one after a restart, continues.</summary>
    Leave,
}
