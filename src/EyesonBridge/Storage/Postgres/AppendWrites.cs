using Npgsql;
using NpgsqlTypes;

namespace EyesonBridge.Storage.Postgres;

/// <summary>The hot path: appends of observers and deletes of the dispatcher. What many rooms append is one statement.</summary>
internal static class AppendWrites
{
    // Rooms whose row is as the append expects it; numbers for their events, in order; what goes into the outbox. That the
    // room is followed is taken back with the end only, where the room is locked before its inbox is looked into.
    private static readonly string GoOn = $"""
        WITH moved AS (
            UPDATE rooms r
            SET sequence = s.to_sequence, status_since = CASE WHEN r.status = s.new_status THEN r.status_since ELSE s.at END, status = s.new_status,
                reason = s.new_reason, heard_at = COALESCE(s.heard, r.heard_at), state = COALESCE(s.new_state, r.state), meeting_id = s.meeting,
                positions = COALESCE(s.new_positions, r.positions), followed = r.followed OR s.is_followed
            FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[], $8::text[], $9::bigint[],
                $10::bytea[], $11::text[], $12::text[], $13::boolean[], $14::text[]) WITH ORDINALITY
                AS s (id, by_owner, in_epoch, from_sequence, to_sequence, new_status, at, new_reason, heard, new_state, meeting, new_positions,
                    is_followed, stream, step)
            WHERE r.room_id = s.id AND r.owner = s.by_owner AND r.epoch = s.in_epoch AND r.sequence = s.from_sequence
                AND {RoomColumns.IsAlive("r.owner")}
            RETURNING s.step, s.id, s.stream),
        numbered AS MATERIALIZED (
            SELECT nextval('outbox_ids') AS entry_id, ordered.* FROM (
                SELECT m.id, m.stream, e.* FROM moved m
                JOIN unnest($15::bigint[], $16::bigint[], $17::uuid[], $18::text[], $19::text[], $20::bytea[]) WITH ORDINALITY
                    AS e (of_step, event_sequence, event, event_type, trace, content, position)
                ON e.of_step = m.step ORDER BY e.position) AS ordered),
        inserted AS (
            INSERT INTO outbox (id, room_id, sequence, event_id, type, trace_parent, created_at, payload, stream_id)
            SELECT entry_id, id, event_sequence, event, event_type, trace, $21, content, stream FROM numbered)
        SELECT step, 0::bigint FROM moved UNION ALL SELECT position, entry_id FROM numbered
        """;

    private const string Delete = """
        WITH gone AS (
            DELETE FROM outbox USING unnest($1::bigint[], $2::bigint[]) AS range (first, last)
            WHERE id BETWEEN range.first AND range.last RETURNING octet_length(payload) AS bytes)
        SELECT count(*), coalesce(sum(bytes), 0)::bigint FROM gone
        """;

    /// <summary>The database's time, in unix milliseconds.</summary>
    public static long Now(PostgresBatch batch) =>
        batch.Read("SELECT (extract(epoch FROM now()) * 1000)::bigint", static row => row.GetInt64(0)).Single();

    /// <summary>Writes steps of different rooms.</summary>
    public static void Append(PostgresBatch batch, IReadOnlyList<AppendStep> steps, long now)
    {
        foreach (var step in steps)
            step.SumUp();
        var events = new List<(int Step, long Sequence, OutboxEvent Event)>();
        for (var index = 0; index < steps.Count; index++)
        {
            foreach (var operation in steps[index].Operations)
            {
                for (var number = 0; number < operation.Append.Events.Count; number++)
                    events.Add((index + 1, operation.Append.FromSequence + number + 1, operation.Append.Events[number]));
            }
        }

        using var command = batch.Command(GoOn);
        AddSteps(command.Parameters, steps);
        AddEvents(command.Parameters, events, now);
        var committed = new bool[steps.Count];
        var ids = new List<(long Position, long Id)>(events.Count);
        foreach (var (position, id) in PostgresBatch.ReadAll(command, static row => (row.GetInt64(0), row.GetInt64(1))))
        {
            if (id == 0)
                committed[position - 1] = true;
            else
                ids.Add((position, id));
        }

        for (var index = 0; index < steps.Count; index++)
            steps[index].Settle(committed[index] ? AppendOutcome.Committed : AppendOutcome.Fenced);
        ids.Sort();
        foreach (var (position, id) in ids)
        {
            var (step, sequence, happened) = events[(int)position - 1];
            batch.NoteAppended(Entry(id, steps[step - 1].First, sequence, happened, now));
        }
    }

    /// <summary>Writes an append that ends an observation or takes up what is in the inbox.</summary>
    public static AppendOutcome Append(PostgresBatch batch, RoomAppend append, long now)
    {
        // Locked first: what is read next is then all that was committed before, and nothing more comes until this commits.
        var isHeld = batch.Read(
            $"SELECT true FROM rooms r WHERE r.room_id = $1 AND r.owner = $2 AND r.epoch = $3 AND r.sequence = $4 AND {RoomColumns.IsAlive("r.owner")} FOR UPDATE",
            static row => row.GetBoolean(0),
            append.RoomId,
            append.Owner,
            append.Epoch,
            append.FromSequence).Count > 0;
        if (!isHeld)
            return AppendOutcome.Fenced;

        var isOutlived = append.Closure != AppendClosure.None && IsOutlived(batch, append);
        if (isOutlived && append.Closure != AppendClosure.Final)
            return AppendOutcome.WantedAgain;

        if (isOutlived)
        {
            batch.Run(
                $"DELETE FROM wishes WHERE room_id = $1 AND NOT ({WishWrites.Outlives})",
                append.RoomId,
                append.KnownIntent,
                MeetingStart.Of(append.MeetingId),
                append.GapFrom ?? DateTimeOffset.MaxValue);
            batch.HasIntent = true;
        }
        else if (append.Closure != AppendClosure.None)
        {
            batch.Run("DELETE FROM wishes WHERE room_id = $1", append.RoomId);
        }

        WriteRow(batch, append, isOutlived);
        if (append.Closure != AppendClosure.None)
            ForgetStartedPermalinks(batch, append.RoomId);
        if (append.TakenUp.Count > 0)
            batch.Run("DELETE FROM inbox WHERE id = ANY($1)", (object)append.TakenUp.ToArray());
        for (var index = 0; index < append.Events.Count; index++)
            Insert(batch, append.RoomId, Entry(0, append, append.FromSequence + index + 1, append.Events[index], now));
        return AppendOutcome.Committed;
    }

    /// <summary>Adds an entry at the end of the outbox.</summary>
    public static void Insert(PostgresBatch batch, string roomId, OutboxEntry entry)
    {
        var id = batch.Read(
            """
            INSERT INTO outbox (id, room_id, sequence, event_id, type, trace_parent, created_at, payload, stream_id)
            VALUES (nextval('outbox_ids'), $1, $2, $3, $4, $5, $6, $7, $8) RETURNING id
            """,
            static row => row.GetInt64(0),
            roomId,
            entry.Sequence,
            entry.EventId,
            entry.Type,
            entry.TraceParent,
            entry.CreatedAt,
            entry.Payload,
            entry.StreamId).Single();
        batch.NoteAppended(entry with { Id = id });
    }

    /// <summary>Deletes entries that the broker has confirmed.</summary>
    public static void DeleteRanges(PostgresBatch batch, IReadOnlyList<OutboxRange> ranges)
    {
        var (count, bytes) = batch.Read(
            Delete,
            static row => (row.GetInt64(0), row.GetInt64(1)),
            ranges.Select(static range => range.FirstId).ToArray(),
            ranges.Select(static range => range.LastId).ToArray()).Single();
        batch.EntriesAdded -= count;
        batch.BytesAdded -= bytes;
    }

    private static bool IsOutlived(PostgresBatch batch, RoomAppend append)
    {
        var (condition, values) = append.Closure switch
        {
            AppendClosure.Final => (
                WishWrites.Outlives,
                (object?[])[append.RoomId, append.KnownIntent, MeetingStart.Of(append.MeetingId), append.GapFrom ?? DateTimeOffset.MaxValue]),
            AppendClosure.FinalIfNothingNew => ("intent > $2", [append.RoomId, append.KnownIntent]),
            _ => ("true", [append.RoomId]),
        };
        return batch.Read($"SELECT true FROM wishes WHERE room_id = $1 AND {condition} LIMIT 1", static row => row.GetBoolean(0), values).Count > 0;
    }

    private static void WriteRow(PostgresBatch batch, RoomAppend append, bool beginsAnew)
    {
        const string Followed = "($2 OR EXISTS (SELECT FROM inbox WHERE inbox.room_id = $1 AND inbox.id <> ALL($3::bigint[])))";
        const string Kept = "sequence = $4, state = COALESCE($5::bytea, state), meeting_id = $6::text, positions = COALESCE($7::text, positions)";
        const string Changed = """
            status_since = CASE WHEN status = $9 THEN status_since ELSE $8 END, status = $9, reason = $10::text, heard_at = COALESCE($11::bigint, heard_at)
            """;
        object?[] values =
        [
            append.RoomId,
            append.IsFollowed,
            append.TakenUp.ToArray(),
            append.FromSequence + append.Events.Count,
            append.State is { } state ? PostgresValues.Bytes(state) : null,
            append.MeetingId,
            append.Positions,
            append.At,
        ];
        object?[] more = [.. values, EnumNames<Contracts.V1.ObservationStatus>.Of(append.Status), append.Reason, append.HeardAt];
        if (beginsAnew)
        {
            batch.Run(
                $"""
                UPDATE rooms SET {Kept}, status = 'waiting', status_since = $8, reason = NULL, heard_at = NULL, followed = {Followed},
                    owner = NULL, epoch = epoch + 1, stopped_meeting = $6::text, {RoomColumns.SumOfWishes}
                WHERE room_id = $1
                """,
                values);
        }
        else if (append.Closure == AppendClosure.None)
        {
            batch.Run($"UPDATE rooms SET {Kept}, {Changed}, followed = {Followed} WHERE room_id = $1", more);
        }
        else
        {
            batch.Run(
                $"""
                UPDATE rooms SET {Kept}, {Changed}, followed = {Followed}, owner = CASE WHEN {Followed} THEN owner END,
                    publisher = COALESCE(publisher, owner), wanted_by = '{"{}"}', wait_until = NULL
                WHERE room_id = $1
                """,
                more);
        }
    }

    /// <summary>The observation of a room is over: what waited for that one meeting is done with, unless it still wants the room.</summary>
    private static void ForgetStartedPermalinks(PostgresBatch batch, string roomId) => batch.Run(
        $"""
        DELETE FROM permalinks
        WHERE room_id = $1 AND status = 'started'
            AND NOT EXISTS (SELECT FROM wishes WHERE wishes.room_id = $1 AND source = '{IntentSources.Permalink("")}' || permalink_id)
        """,
        roomId);

    private static OutboxEntry Entry(long id, RoomAppend append, long sequence, OutboxEvent happened, long now) => new(
        id,
        append.RoomId,
        sequence,
        happened.EventId,
        happened.Type,
        happened.Payload,
        happened.TraceParent,
        DateTimeOffset.FromUnixTimeMilliseconds(now),
        append.StreamId)
    { IsFresh = true };

    private static void AddSteps(NpgsqlParameterCollection parameters, IReadOnlyList<AppendStep> steps)
    {
        Add(parameters, NpgsqlDbType.Text, steps, static step => step.First.RoomId);
        Add(parameters, NpgsqlDbType.Text, steps, static step => step.First.Owner);
        Add(parameters, NpgsqlDbType.Bigint, steps, static step => step.First.Epoch);
        Add(parameters, NpgsqlDbType.Bigint, steps, static step => step.First.FromSequence);
        Add(parameters, NpgsqlDbType.Bigint, steps, static step => step.ToSequence);
        Add(parameters, NpgsqlDbType.Text, steps, static step => EnumNames<Contracts.V1.ObservationStatus>.Of(step.First.Status));
        Add(parameters, NpgsqlDbType.Bigint, steps, static step => step.First.At.ToUnixTimeMilliseconds());
        Add(parameters, NpgsqlDbType.Text, steps, static step => step.Last.Reason);
        Add(parameters, NpgsqlDbType.Bigint, steps, static step => step.HeardAt?.ToUnixTimeMilliseconds());
        Add(parameters, NpgsqlDbType.Bytea, steps, static step => step.State is { } state ? PostgresValues.Bytes(state) : null);
        Add(parameters, NpgsqlDbType.Text, steps, static step => step.Last.MeetingId);
        Add(parameters, NpgsqlDbType.Text, steps, static step => step.Positions);
        Add(parameters, NpgsqlDbType.Boolean, steps, static step => step.Last.IsFollowed);
        Add(parameters, NpgsqlDbType.Text, steps, static step => step.First.StreamId);
    }

    private static void AddEvents(NpgsqlParameterCollection parameters, IReadOnlyList<(int Step, long Sequence, OutboxEvent Event)> events, long now)
    {
        Add(parameters, NpgsqlDbType.Bigint, events, static one => (long)one.Step);
        Add(parameters, NpgsqlDbType.Bigint, events, static one => one.Sequence);
        Add(parameters, NpgsqlDbType.Uuid, events, static one => one.Event.EventId);
        Add(parameters, NpgsqlDbType.Text, events, static one => one.Event.Type);
        Add(parameters, NpgsqlDbType.Text, events, static one => one.Event.TraceParent);
        Add(parameters, NpgsqlDbType.Bytea, events, static one => PostgresValues.Bytes(one.Event.Payload));
        parameters.Add(new NpgsqlParameter<long> { TypedValue = now });
    }

    private static void Add<TItem, TValue>(NpgsqlParameterCollection parameters, NpgsqlDbType type, IReadOnlyList<TItem> items, Func<TItem, TValue> value)
    {
        var values = new TValue[items.Count];
        for (var index = 0; index < values.Length; index++)
            values[index] = value(items[index]);
        parameters.Add(new NpgsqlParameter<TValue[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
