namespace EyesonBridge.Observation.Endings;

/// <summary>What to do after an ending.</summary>
internal enum NextStep
{
    /// <summary>Ask <c>GET /rooms</c>, and decide again with the answer.</summary>
    AskRooms,

    /// <summary>Connect again, soon and then less and less often.</summary>
    Reconnect,

    /// <summary>The room is not running yet: try again slowly.</summary>
    Wait,

    /// <summary>The key is refused, and was not when the room was observed: wait for another one.</summary>
    Suspend,

    /// <summary>The meeting ended; so does the observation.</summary>
    EndMeeting,

    /// <summary>The meeting ended while nobody listened: say so, and end the observation.</summary>
    ConcludeMeeting,

    /// <summary>End the observation because nothing wants it.</summary>
    EndStopped,

    /// <summary>Give up: the key is refused.</summary>
    RejectKey,

    /// <summary>Give up: the room is not running.</summary>
    RejectNotRunning,

    /// <summary>Give up: there is no such account.</summary>
    RejectAccount,

    /// <summary>Let go and leave everything as it is; somebody, perhaps this process after a restart, goes on.</summary>
    Leave,
}
