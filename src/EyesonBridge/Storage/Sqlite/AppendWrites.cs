namespace EyesonBridge.Storage.Sqlite;

/// <summary>The hot path: appends of observers and deletes of the dispatcher.</summary>
internal sealed class AppendWrites(SqliteWriteContext context) : IDisposable
{
    // The lease, the epoch and the sequence of an append: a writer with another one may not write.
    private const string Fence = "room_id = ?1 AND owner = ?2 AND epoch = ?3 AND sequence = ?4 AND lease_until > ?5";

    private const string IsFollowed = "(?14 = 1 OR EXISTS (SELECT 1 FROM inbox WHERE inbox.room_id = ?1 AND inbox.id NOT IN (SELECT value FROM json_each(?15))))";

    private const string Changes = $"""
        sequence = ?6, status_since = CASE WHEN status = ?7 THEN status_since ELSE ?8 END, status = ?7, reason = ?9,
        heard_at = COALESCE(?10, heard_at), state = COALESCE(?11, state), meeting_id = ?12,
        positions = COALESCE(?13, positions), followed = {IsFollowed}
        """;

    private const string End = $"""
        owner = CASE WHEN {IsFollowed} THEN owner END, lease_until = CASE WHEN {IsFollowed} THEN lease_until END,
        wanted_by = '{RoomColumns.Unwanted}', wait_until = NULL
        """;

    // The observation is over, and another begins for what is wanted since. The meeting that is over is not to begin it.
    private const string BeginAnew = $"""
        sequence = ?6, status = 'waiting', status_since = ?8, reason = NULL, heard_at = NULL, state = COALESCE(?11, state),
        meeting_id = ?12, positions = COALESCE(?13, positions), followed = {IsFollowed}, owner = NULL, lease_until = NULL,
        epoch = epoch + 1, stopped_meeting = ?12, {RoomColumns.SumOfWishes}
        """;

    private readonly SqliteStatement _goOn = new(context.Database, $"UPDATE rooms SET {Changes} WHERE {Fence}");

    private readonly SqliteStatement _end = new(
        context.Database, $"UPDATE rooms SET {Changes}, {End} WHERE {Fence} AND {WishWrites.NoneOutlives}");

    private readonly SqliteStatement _endIfUnwanted = new(
        context.Database,
        $"UPDATE rooms SET {Changes}, {End} WHERE {Fence} AND wanted_by = '{RoomColumns.Unwanted}'");

    private readonly SqliteStatement _endIfNothingNew = new(
        context.Database, $"UPDATE rooms SET {Changes}, {End} WHERE {Fence} AND {WishWrites.NoneIsNewer}");

    private readonly SqliteStatement _beginAnew = new(context.Database, $"UPDATE rooms SET {BeginAnew} WHERE {Fence}");

    private readonly SqliteStatement _holds = new(context.Database, $"SELECT 1 FROM rooms WHERE {Fence}");

    private readonly SqliteStatement _insert = new(context.Database, """
        INSERT INTO outbox (room_id, sequence, event_id, type, trace_parent, created_at, payload, stream_id)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """);

    private readonly SqliteStatement _size =
        new(context.Database, "SELECT count(*), COALESCE(sum(length(payload)), 0) FROM outbox WHERE id BETWEEN ?1 AND ?2");

    private readonly SqliteStatement _delete = new(context.Database, "DELETE FROM outbox WHERE id BETWEEN ?1 AND ?2");

    private readonly SqliteStatement _lastId = new(context.Database, "SELECT seq FROM sqlite_sequence WHERE name = 'outbox'");

    private readonly SqliteStatement _probe = new(context.Database, """
        INSERT INTO probe (id, written_at) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET written_at = ?1
        """);

    /// <summary>Writes steps of one room, all or nothing.</summary>
    /// <param name="appends">
    /// One, or several that only go on with the observation in the same status, each where the one before it ends: then the
    /// room's row is written once.
    /// </param>
    public AppendOutcome Append(params ReadOnlySpan<RoomAppend> appends)
    {
        var first = appends[0];
        var last = appends[^1];
        var (heardAt, state, positions) = (first.HeardAt, first.State, first.Positions);
        for (var index = 1; index < appends.Length; index++)
        {
            heardAt = appends[index].HeardAt ?? heardAt;
            state = appends[index].State ?? state;
            positions = appends[index].Positions ?? positions;
        }

        var outcome = Write(StatementFor(first));
        if (outcome == AppendOutcome.WantedAgain && first.Closure == AppendClosure.Final)
        {
            context.Wishes.Fulfil(first);
            outcome = Write(_beginAnew);
            context.HasIntent = true;
        }
        else if (outcome == AppendOutcome.Committed && first.Closure != AppendClosure.None)
        {
            context.Wishes.Forget(first.RoomId);
        }

        if (outcome != AppendOutcome.Committed)
            return outcome;

        if (first.Closure != AppendClosure.None)
            context.Permalinks.ForgetStarted(first.RoomId);
        foreach (var id in first.TakenUp)
            context.Inbox.Delete(id);
        Insert(appends);
        return AppendOutcome.Committed;

        AppendOutcome Write(SqliteStatement statement)
        {
            BindFence(statement, first)
                .Bind(6, last.FromSequence + last.Events.Count)
                .Bind(7, RoomColumns.Name(first.Status))
                .Bind(8, first.At)
                .Bind(9, last.Reason)
                .Bind(10, heardAt)
                .Bind(11, state)
                .Bind(12, last.MeetingId)
                .Bind(13, positions)
                .Bind(14, last.IsFollowed ? 1 : 0)
                .Bind(15, first.TakenUp.Count == 0 ? "[]" : $"[{string.Join(',', first.TakenUp)}]");
            if (ReferenceEquals(statement, _end) || ReferenceEquals(statement, _endIfNothingNew))
                statement.Bind(16, first.KnownIntent);
            if (ReferenceEquals(statement, _end))
                statement.Bind(17, MeetingStart.Of(first.MeetingId)).Bind(18, first.GapFrom ?? DateTimeOffset.MaxValue);
            if (statement.Run() > 0)
                return AppendOutcome.Committed;

            return first.Closure != AppendClosure.None && Holds(first) ? AppendOutcome.WantedAgain : AppendOutcome.Fenced;
        }
    }

    /// <summary>Adds an entry at the end that was in the outbox before.</summary>
    public void PutBack(OutboxEntry entry)
    {
        _insert
            .Bind(1, entry.RoomId)
            .Bind(2, entry.Sequence)
            .Bind(3, entry.EventId)
            .Bind(4, entry.Type)
            .Bind(5, entry.TraceParent)
            .Bind(6, entry.CreatedAt)
            .Bind(7, entry.Payload)
            .Bind(8, entry.StreamId)
            .Run();
        NoteAppended(entry with { Id = SqliteStatement.LastInsertId(context.Database) });
    }

    private SqliteStatement StatementFor(RoomAppend append) => append.Closure switch
    {
        AppendClosure.Final => _end,
        AppendClosure.FinalIfUnwanted => _endIfUnwanted,
        AppendClosure.FinalIfNothingNew => _endIfNothingNew,
        _ => _goOn,
    };

    /// <summary>Deletes entries that the broker has confirmed.</summary>
    /// <param name="range">Which. What they hold is measured only when that is not known, or when some are missing.</param>
    public void Delete(OutboxRange range)
    {
        var (count, bytes) = range.Bytes > 0 ? (range.Count, range.Bytes) : Measure(range);
        context.HasToCount |= _delete.Bind(1, range.FirstId).Bind(2, range.LastId).Run() != count;
        context.EntriesAdded -= count;
        context.BytesAdded -= bytes;
    }

    /// <summary>Position of the last entry that was ever added; 0 before the first.</summary>
    public long LastId()
    {
        try
        {
            return _lastId.Step() ? _lastId.Int64(0) : 0;
        }
        finally
        {
            _lastId.Reset();
        }
    }

    /// <inheritdoc cref="IBridgeStore.ProbeAsync"/>
    public int Probe() => _probe.Bind(1, context.Now).Run();

    public void Dispose()
    {
        _goOn.Dispose();
        _end.Dispose();
        _endIfUnwanted.Dispose();
        _endIfNothingNew.Dispose();
        _beginAnew.Dispose();
        _holds.Dispose();
        _insert.Dispose();
        _size.Dispose();
        _delete.Dispose();
        _lastId.Dispose();
        _probe.Dispose();
    }

    private void Insert(ReadOnlySpan<RoomAppend> appends)
    {
        var createdAt = DateTimeOffset.FromUnixTimeMilliseconds(context.Now);
        _insert.Bind(1, appends[0].RoomId).Bind(6, context.Now).Bind(8, appends[0].StreamId);
        try
        {
            foreach (var append in appends)
            {
                for (var index = 0; index < append.Events.Count; index++)
                    Insert(append, append.FromSequence + index + 1, append.Events[index], createdAt);
            }
        }
        finally
        {
            _insert.Reset(); // lets go of the last payload
        }
    }

    private void Insert(RoomAppend append, long sequence, OutboxEvent entry, DateTimeOffset createdAt)
    {
        _insert
            .Bind(2, sequence)
            .Bind(3, entry.EventId)
            .Bind(4, entry.Type)
            .Bind(5, entry.TraceParent)
            .Bind(7, entry.Payload)
            .RunAndKeep();
        NoteAppended(new OutboxEntry(
            SqliteStatement.LastInsertId(context.Database),
            append.RoomId,
            sequence,
            entry.EventId,
            entry.Type,
            entry.Payload,
            entry.TraceParent,
            createdAt,
            append.StreamId)
        { IsFresh = true });
    }

    private void NoteAppended(OutboxEntry entry)
    {
        context.EntriesAdded++;
        context.BytesAdded += entry.Payload.Length;
        context.Appended.Add(entry);
    }

    private (long Count, long Bytes) Measure(OutboxRange range)
    {
        try
        {
            _size.Bind(1, range.FirstId).Bind(2, range.LastId).Step();
            return (_size.Int64(0), _size.Int64(1));
        }
        finally
        {
            _size.Reset();
        }
    }

    private bool Holds(RoomAppend append)
    {
        try
        {
            return BindFence(_holds, append).Step();
        }
        finally
        {
            _holds.Reset();
        }
    }

    private SqliteStatement BindFence(SqliteStatement statement, RoomAppend append) => statement
        .Bind(1, append.RoomId)
        .Bind(2, append.Owner)
        .Bind(3, append.Epoch)
        .Bind(4, append.FromSequence)
        .Bind(5, context.Now);
}
