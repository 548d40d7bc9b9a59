namespace EyesonBridge.Outbox;

/// <summary>What is known of a room that failed through a fault of its own, for as long as it does.</summary>
/// <remarks>Not thread-safe: its line guards it.</remarks>
internal sealed class RoomTrouble
{
    /// <summary>How often it failed in a row.</summary>
    public int Failures { get; set; }

    /// <summary>When the next attempt may begin; null when it may.</summary>
    public long? PausedUntil { get; set; }

    /// <summary>True when it was not suspected, the last time that a channel was lost through an event: it was slow, and others were not.</summary>
    public bool WasSpared { get; set; }

    /// <summary>True when it has been said that the room is held up.</summary>
    public bool IsTold { get; set; }
}
