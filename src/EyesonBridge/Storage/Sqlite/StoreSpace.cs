using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>
/// The room that the database has on its disk. It may grow only as long as enough stays free for its log, so that the outbox
/// never fills the disk to the point where nothing can be deleted any more; and against what others fill it with there is a
/// <see cref="DiskReserve"/>.
/// </summary>
/// <remarks>
/// All of it follows from the size of the disk: a reserve of an eighth of it, at most 32 MiB; twice that stays free, for the
/// log; and a transaction, and what the log holds before it is merged into the database, are at most a quarter of the
/// reserve, so that the reserve suffices to merge it. Used by the writer alone.
/// </remarks>
internal sealed class StoreSpace
{
    private const long MostReserve = 32 * 1024 * 1024;
    private const long MostBatch = 8 * 1024 * 1024;
    private const int MostPagesInLog = 1_000; // as SQLite does by itself
    private const long MostLog = 64 * 1024 * 1024;
    private const long PageSize = 4096;
    private const long NoLimit = uint.MaxValue - 1;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly string _database;
    private readonly Func<string, DiskSpace?> _read;
    private readonly TimeProvider _time;
    private readonly DiskReserve _reserve;
    private long _lookedAt;
    private long _limit = NoLimit;

    /// <param name="database">Full path of the database.</param>
    /// <param name="read">Tells the room on the disk of a folder; null when that is not known, and then nothing is limited.</param>
    /// <param name="time">Clock of the looks.</param>
    public StoreSpace(string database, Func<string, DiskSpace?> read, TimeProvider time)
    {
        (_database, _read, _time) = (database, read, time);
        _reserve = new DiskReserve(database, Read() is { Total: var total } ? Math.Min(MostReserve, total / 8) : 0);
    }

    /// <summary>True when there is no room left: until there is, only what makes room is written.</summary>
    public bool IsFull { get; private set; }

    /// <summary>How much one transaction should carry at most, in bytes.</summary>
    public long BatchBytes => _reserve.Size > 0 ? Math.Min(MostBatch, _reserve.Size / 4) : MostBatch;

    /// <summary>Settings of the connection that writes.</summary>
    public string Pragmas
    {
        get
        {
            var pages = _reserve.Size > 0 ? Math.Min(MostPagesInLog, _reserve.Size / 4 / PageSize) : MostPagesInLog;
            var log = _reserve.Size > 0 ? Math.Min(MostLog, 2 * _reserve.Size) : MostLog;
            return string.Create(CultureInfo.InvariantCulture, $"PRAGMA wal_autocheckpoint = {pages}; PRAGMA journal_size_limit = {log}");
        }
    }

    // Less than that is next to nothing: what others leave.
    private long Floor => _reserve.Size / 2;

    /// <summary>Before the database is opened: on a full disk, even that needs room.</summary>
    public void Prepare()
    {
        _reserve.Look();
        if (Read() is not { } disk)
            return;

        if (disk.Free < Floor)
        {
            _reserve.Release();
            IsFull = true;
        }
        else
        {
            TakeReserve(disk);
        }
    }

    /// <summary>Looks now and then, as others use the disk too. Costs nothing in between.</summary>
    public void LookIfDue(sqlite3 database)
    {
        if (_time.GetElapsedTime(_lookedAt) >= LookEvery || _lookedAt == 0)
            Look(database);
    }

    /// <summary>Looks how much is free, and sets how far the database may grow.</summary>
    public void Look(sqlite3 database)
    {
        _lookedAt = _time.GetTimestamp();
        if (_reserve.Size == 0 || Read() is not { } disk)
            return;

        TakeReserve(disk);
        IsFull &= disk.Free < Floor || !_reserve.IsWhole;

        try
        {
            Limit(database);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            _lookedAt = 0; // whatever it is, the next write meets it too, and tells
        }
    }

    /// <summary>A write found no room. If it was for the limit alone there is some for what makes room.</summary>
    public void NoteFull(sqlite3 database)
    {
        IsFull |= Read() is { } disk && _reserve.Size > 0 && disk.Free < Floor;
        Look(database);
    }

    /// <summary>Gives the reserve back, for what makes room.</summary>
    public void Release(sqlite3 database)
    {
        if (_reserve.Size == 0)
            return;

        _reserve.Release();
        IsFull = true;
        try
        {
            SetLimit(database, NoLimit);
        }
        catch (SqliteException)
        {
            // The next attempt to make room tries again.
        }
    }

    /// <summary>The database is closed, and has given back its log: what is free now is for the next start.</summary>
    public void TakeWhatIsFree()
    {
        if (Read() is { } disk)
            _reserve.Take(disk.Free);
    }

    private void Limit(sqlite3 database)
    {
        if (Read() is not { } disk)
            return;

        var pages = SqliteStatement.ReadInt64(database, "PRAGMA page_count");
        var inLog = Math.Max(0, (pages * PageSize) - new FileInfo(_database).Length);
        var growth = _reserve.IsWhole ? disk.Free - inLog - (2 * _reserve.Size) : 0;
        SetLimit(database, pages + Math.Max(0, growth / PageSize));
    }

    private void SetLimit(sqlite3 database, long pages)
    {
        if (pages == _limit)
            return;

        SqliteStatement.ReadInt64(database, string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {Math.Min(pages, NoLimit)}"));
        _limit = pages;
    }

    private void TakeReserve(DiskSpace disk)
    {
        if (!_reserve.IsWhole && disk.Free >= _reserve.Size + Floor)
            _reserve.Take(_reserve.Size);
    }

    private DiskSpace? Read() => _read(Path.GetDirectoryName(_database)!);
}
