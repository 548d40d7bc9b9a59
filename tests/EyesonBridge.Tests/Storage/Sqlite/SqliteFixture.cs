using System.Text;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using EyesonBridge.Testing;
using EyesonBridge.Tests.Logging;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EyesonBridge.Tests.Storage.Sqlite;

/// <summary>A store in a folder of its own, with a clock that stands still, and a look behind it.</summary>
internal sealed class SqliteFixture : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ManualTimeProvider Time { get; } = new();

    public LogRecorder<SqliteStore> Log { get; } = new();

    /// <summary>The room on the disk, as the store is told; null when that is not known.</summary>
    public DiskSpace? Space { get; set; }

    /// <summary>What looking at the disk ends with; null when it can be looked at.</summary>
    public Exception? SpaceFailure { get; set; }

    /// <summary>True when the log of the database takes from what is free.</summary>
    public bool LogTakesSpace { get; set; }

    /// <summary>Path of the database's log.</summary>
    public string LogPath => Path + "-wal";

    public string Folder => _folder.Path;

    public string Path => _folder.Combine("bridge.db");

    public Task<SqliteStore> OpenAsync(string? path = null) => SqliteStore.OpenAsync($"Data Source={path ?? Path}", Time, Log, Cancelled, _ => ReadSpace());

    /// <summary>Expects that the store cannot be opened, and gives the words.</summary>
    public async Task<string> FailToOpenAsync(string? path = null) =>
        (await Assert.ThrowsAsync<StoreException>(() => OpenAsync(path))).Message;

    /// <summary>A connection as another program would open it.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>Runs SQL as another program would; waits while the store is writing.</summary>
    public void Execute(string sql)
    {
        using var connection = Connect();
        raw.sqlite3_busy_timeout(connection.Handle, 30_000);
        SqliteStatement.Execute(connection.Handle!, sql);
    }

    public static async Task<RoomRow> HoldAsync(IBridgeStore store, string room = "a", TimeSpan? lease = null)
    {
        await store.RegisterRoomAsync(new RoomRegistration(room, "default", "command", WaitUntil: null, At), Cancelled);
        return Assert.Single(await store.ClaimRoomsAsync("me", lease ?? TimeSpan.FromMinutes(5), 1, Cancelled));
    }

    public static RoomAppend Append(RoomRow room, long fromSequence, int bytes = 10) => new()
    {
        RoomId = room.RoomId,
        Owner = room.Owner!,
        Epoch = room.Epoch,
        FromSequence = fromSequence,
        Status = ObservationStatus.Observing,
        At = At,
        Events = [new OutboxEvent(Guid.CreateVersion7(At), "Some", Encoding.UTF8.GetBytes(new string('x', bytes)), TraceParent: null)],
    };

    public static async Task<IReadOnlyList<long>> SequencesAsync(IBridgeStore store) =>
        [.. (await store.ReadOutboxAsync(0, int.MaxValue, long.MaxValue, Cancelled)).Select(entry => entry.Sequence)];

    /// <summary>Makes the disk look full from now on: the database may not grow by a single page.</summary>
    public static Task FillDiskAsync(SqliteStore store) => LimitPagesAsync(store, 1);

    /// <summary>There is room again. Overtakes the writes that wait for it.</summary>
    public static Task FreeDiskAsync(SqliteStore store) => LimitPagesAsync(store, 1_000_000);

    /// <summary>Keeps the writer busy until the result is set.</summary>
    public static async Task<ManualResetEventSlim> OccupyAsync(SqliteStore store)
    {
        var release = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var occupied = store.Writer.WriteAsync(
            _ =>
            {
                begun.TrySetResult();
                release.Wait(TimeSpan.FromSeconds(30));
                return 0;
            },
            bytes: 0,
            freesSpace: false,
            CancellationToken.None);
        await Task.WhenAny(begun.Task, occupied);
        return release;
    }

    /// <summary>Lets the writer attempt once more, and waits until it has failed again.</summary>
    public async Task AttemptInVainAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        await Time.WhenArmedAsync(1, Cancelled);
    }

    public void Dispose() => _folder.Dispose();

    private DiskSpace? ReadSpace() => SpaceFailure is { } failure ? throw failure : LogTakesSpace && Space is { } space && new FileInfo(LogPath) is { Exists: true, Length: var length }
        ? space with { Free = space.Free - length }
        : Space;

    private static Task<long> LimitPagesAsync(SqliteStore store, int pages) => store.Writer.WriteAsync(
        context => SqliteStatement.ReadInt64(context.Database, $"PRAGMA max_page_count = {pages}"),
        bytes: 0,
        freesSpace: true,
        Cancelled);
}
