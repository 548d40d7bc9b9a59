namespace EyesonBridge.Accounts;

/// <summary>What <c>GET /rooms</c> says of a room.</summary>
internal enum RoomLookup
{
    /// <summary>It has not been asked.</summary>
    NotAsked,

    /// <summary>The room is running.</summary>
    Running,

    /// <summary>The key is fine, and the room is not among those that run.</summary>
    NotRunning,

    /// <summary>The key is rejected.</summary>
    KeyRefused,

    /// <summary>There was no answer, or no usable one.</summary>
    Unknown,
}
