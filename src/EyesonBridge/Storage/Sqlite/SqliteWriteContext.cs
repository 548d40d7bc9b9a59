using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>The transaction of one batch of writes: its connection, its time, and what its commit will have changed.</summary>
internal sealed class SqliteWriteContext : IDisposable
{
    private readonly SqliteStatement _clock;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _prolong;

    public SqliteWriteContext(SqliteConnection connection)
    {
        Database = connection.Handle ?? throw new ArgumentException("The connection is not open.", nameof(connection));
        _clock = new SqliteStatement(Database, "SELECT CAST(round(unixepoch('subsec') * 1000) AS INTEGER)");
        _begin = new SqliteStatement(Database, "BEGIN IMMEDIATE");
        _commit = new SqliteStatement(Database, "COMMIT");
        _prolong = new SqliteStatement(Database, "UPDATE rooms SET lease_until = lease_until + ?2 WHERE owner IS NOT NULL AND lease_until > ?1");
        Wishes = new WishWrites(this);
        Rooms = new RoomWrites(this, Wishes);
        Appends = new AppendWrites(this);
        Retired = new RetiredRooms(this);
        SetAside = new SetAsideWrites(this);
        Inbox = new InboxWrites(this);
        Permalinks = new PermalinkWrites(this);
    }

    public sqlite3 Database { get; }

    public WishWrites Wishes { get; }

    public RoomWrites Rooms { get; }

    public AppendWrites Appends { get; }

    public RetiredRooms Retired { get; }

    public SetAsideWrites SetAside { get; }

    public InboxWrites Inbox { get; }

    public PermalinkWrites Permalinks { get; }

    /// <summary>The database's time at the begin of the transaction, in unix milliseconds.</summary>
    public long Now { get; private set; }

    /// <summary>Entries that the transaction adds to the outbox, less those that it deletes.</summary>
    public long EntriesAdded { get; set; }

    /// <summary>The same for their payload.</summary>
    public long BytesAdded { get; set; }

    /// <summary>Entries that the transaction adds to the outbox, in their order.</summary>
    public List<OutboxEntry> Appended { get; } = [];

    /// <summary>True when it turned out that the outbox did not hold what was to be deleted from it.</summary>
    public bool HasToCount { get; set; }

    /// <summary>What the outbox holds with this transaction, if it had to be counted.</summary>
    public OutboxDepth? Counted { get; private set; }

    /// <summary>For use by one write at a time.</summary>
    public List<RoomAppend> JoinedAppends { get; } = [];

    /// <summary>For use by one write at a time.</summary>
    public List<OutboxRange> ConfirmedRanges { get; } = [];

    /// <summary>True when what is wanted has changed.</summary>
    public bool HasIntent { get; set; }

    /// <summary>True when the permalinks that are watched have changed.</summary>
    public bool HasPermalinks { get; set; }

    /// <summary>The database's time, in unix milliseconds. Reads no file.</summary>
    public long ReadClock()
    {
        _clock.Step();
        var now = _clock.Int64(0);
        _clock.Reset();
        return now;
    }

    /// <summary>Opens the transaction.</summary>
    public void Begin()
    {
        SqliteStatement.RollBack(Database);
        EntriesAdded = BytesAdded = 0;
        HasIntent = HasPermalinks = HasToCount = false;
        Counted = null;
        Appended.Clear();
        _begin.Run();
        Now = ReadClock();
    }

    /// <summary>
    /// Adds to the leases the time in which nothing could be written. Nobody else can have taken a room in that time, and
    /// without it the frames that waited would be refused.
    /// </summary>
    public void ProlongLeases(long since)
    {
        if (Now > since) // the clock may have been stepped back meanwhile
            _prolong.Bind(1, since).Bind(2, Now - since).Run();
    }

    public void Commit()
    {
        if (HasToCount)
            Counted = SqliteReads.OutboxDepth(Database);
        _commit.Run();
    }

    public void RollBack() => SqliteStatement.RollBack(Database);

    public void Dispose()
    {
        Wishes.Dispose();
        Rooms.Dispose();
        Retired.Dispose();
        SetAside.Dispose();
        Appends.Dispose();
        Inbox.Dispose();
        Permalinks.Dispose();
        _clock.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _prolong.Dispose();
    }
}
