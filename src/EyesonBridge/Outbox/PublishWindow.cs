namespace EyesonBridge.Outbox;

/// <summary>What is on its way to the broker, unconfirmed, and the rooms that take turns at sending more. Guarded by its line.</summary>
/// <param name="most">So many events at most.</param>
internal sealed class PublishWindow(int most)
{
    /// <summary>On one channel.</summary>
    public const int OfAChannel = 2_000;

    /// <summary>
    /// Of one room: enough that a single room uses what the broker can do, and so few that a burst in it delays the others by
    /// a few milliseconds only.
    /// </summary>
    public const int OfARoom = 256;

    /// <summary>Of a room before its first confirm: many rooms that are never confirmed must not fill the window.</summary>
    public const int OfANewRoom = 4;

    /// <summary>Rooms that are published apart from the others, one event of each at a time.</summary>
    public const int TroubledRooms = 64;

    /// <summary>So many of one room are sent in a row, before it is the turn of the next.</summary>
    public const int InARow = 16;

    /// <summary>A room whose confirms take longer makes way for others.</summary>
    public static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    private const long MostBytes = 8 * 1024 * 1024;

    private readonly Queue<RoomLane> _turns = new();
    private int _count;
    private long _bytes;

    /// <summary>How many events it may be.</summary>
    public int Most { get; set; } = most;

    /// <summary>Why the broker takes nothing of it for now; null when it does.</summary>
    public Exception? BlockedBy { get; set; }

    /// <summary>When the broker took something again, as a time stamp: from then on counts how long a confirm takes.</summary>
    public long UnblockedAt { get; set; }

    /// <summary>True when nothing more may be sent.</summary>
    public bool IsFull => BlockedBy is not null || _count >= Most || _bytes >= MostBytes;

    /// <summary>True when a room waits for its turn.</summary>
    public bool HasQueued => _turns.Count > 0;

    /// <summary>Counts what was sent, or with negative numbers what is not under way any more.</summary>
    public void Add(int count, long bytes)
    {
        _count += count;
        _bytes += bytes;
    }

    /// <summary>Puts the room at the end, unless it has a place already.</summary>
    public void Enqueue(RoomLane lane)
    {
        if (ReferenceEquals(lane.QueuedIn, this))
            return;

        lane.QueuedIn = this;
        _turns.Enqueue(lane);
    }

    /// <summary>Takes the next room whose place here still counts.</summary>
    public bool TryDequeue(out RoomLane lane)
    {
        while (_turns.TryDequeue(out lane!))
        {
            if (!ReferenceEquals(lane.QueuedIn, this))
                continue;

            lane.QueuedIn = null;
            if (ReferenceEquals(lane.Window, this))
                return true;
        }

        return false;
    }
}
