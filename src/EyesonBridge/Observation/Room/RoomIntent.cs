namespace EyesonBridge.Observation.Room;

/// <summary>What is known of what is wanted of a room. Anybody may ask, and tell it news.</summary>
internal sealed class RoomIntent(long number, DateTimeOffset? waitUntil)
{
    private readonly Lock _gate = new();
    private long _number = number;
    private DateTimeOffset? _waitUntil = waitUntil;

    /// <summary>Number of the last change that is known.</summary>
    public long Number
    {
        get
        {
            lock (_gate)
                return _number;
        }
    }

    /// <summary>Until when to wait for the room while it is not running.</summary>
    public DateTimeOffset? WaitUntil
    {
        get
        {
            lock (_gate)
                return _waitUntil;
        }
    }

    /// <summary>Takes over a change, unless a later one is known.</summary>
    public void Learn(long number, DateTimeOffset? waitUntil)
    {
        lock (_gate)
        {
            if (number >= _number)
                (_number, _waitUntil) = (number, waitUntil);
        }
    }
}
