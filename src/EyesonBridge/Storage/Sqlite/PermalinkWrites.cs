namespace EyesonBridge.Storage.Sqlite;

/// <summary>Which permalinks are watched, and how far. One that is done with is deleted: its token is a secret.</summary>
internal sealed class PermalinkWrites(SqliteWriteContext context) : IDisposable
{
    private readonly SqliteStatement _find = new(
        context.Database, $"SELECT {PermalinkColumns.All} FROM permalinks WHERE token = ?1");

    private readonly SqliteStatement _put = new(context.Database, $"""
        INSERT INTO permalinks ({PermalinkColumns.All}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (token) DO UPDATE SET
            account = ?2, recurring = ?3, status = ?4, permalink_id = ?5, room_id = ?6, meeting_started_at = ?7, to_register = ?8
        """);

    private readonly SqliteStatement _startAllTokens = new(context.Database, """
        UPDATE permalinks
        SET meeting_started_at = ?2, to_register = ?3, status = CASE WHEN recurring = 1 OR ?3 = 1 THEN status ELSE 'started' END
        WHERE permalink_id = ?1 AND status = 'waiting'
        """);

    private readonly SqliteStatement _delete = new(context.Database, "DELETE FROM permalinks WHERE token = ?1");

    private readonly SqliteStatement _deleteAllTokens = new(context.Database, "DELETE FROM permalinks WHERE permalink_id = ?1");

    private readonly SqliteStatement _deleteStarted = new(context.Database, $"""
        DELETE FROM permalinks
        WHERE room_id = ?1 AND status = 'started'
            AND NOT EXISTS (SELECT 1 FROM wishes WHERE room_id = ?1 AND source = '{IntentSources.Permalink("")}' || permalink_id)
        """);

    private readonly SqliteStatement _hasOtherToken = new(
        context.Database, "SELECT 1 FROM permalinks WHERE permalink_id = ?1 AND token <> ?2 LIMIT 1");

    private readonly SqliteStatement _wasTold = new(
        context.Database, "SELECT 1 FROM permalinks WHERE permalink_id = ?1 AND token <> ?2 AND meeting_started_at = ?3 LIMIT 1");

    /// <inheritdoc cref="IBridgeStore.RegisterPermalinkAsync"/>
    public bool Register(PermalinkRow permalink)
    {
        context.HasPermalinks = true;
        var known = Find(permalink.Token);
        if (known is null || (known.Status == PermalinkStatus.Started && !context.Rooms.IsActive(known.RoomId!)))
        {
            Put(permalink with { Status = PermalinkStatus.Waiting, MeetingStartedAt = null, IsToRegister = false });
            return true;
        }

        Put(known with
        {
            Account = permalink.Account,
            IsRecurring = permalink.IsRecurring,
            Status = permalink.IsRecurring ? PermalinkStatus.Waiting : known.Status, // the meeting that runs was told of
            PermalinkId = permalink.PermalinkId ?? known.PermalinkId,
            RoomId = permalink.RoomId ?? known.RoomId,
            IsToRegister = known.IsToRegister || IsRejected(known),
        });
        return false;
    }

    /// <inheritdoc cref="IBridgeStore.UnregisterPermalinkAsync"/>
    public bool Unregister(string token)
    {
        if (Find(token) is not { } known)
            return false;

        _delete.Bind(1, token).Run();
        context.HasPermalinks = true;
        if (known is { RoomId: { } roomId, PermalinkId: { } permalinkId } && !Exists(_hasOtherToken.Bind(1, permalinkId).Bind(2, token)))
            context.Rooms.Unregister(roomId, IntentSources.Permalink(permalinkId));
        return true;
    }

    /// <inheritdoc cref="IBridgeStore.UpdatePermalinkAsync"/>
    public PermalinkOutcome Update(PermalinkRow permalink, RoomRegistration? registration, InboxEntry? notice)
    {
        if (Find(permalink.Token) is not { Status: PermalinkStatus.Waiting } known)
            return PermalinkOutcome.NotWaited;

        if (registration is not null && known is { IsToRegister: false } && known.MeetingStartedAt == permalink.MeetingStartedAt)
            return PermalinkOutcome.NotWaited; // another token of the permalink told it while Eyeson was asked

        // A command may have changed account and recurrence while Eyeson was being asked.
        var now = permalink with { Account = known.Account, IsRecurring = known.IsRecurring };
        var isInTheWay = registration is not null
            && context.Rooms.Register(registration with { Account = known.Account }).Outcome == RegistrationOutcome.AccountConflict;
        if (notice is not null && !WasTold(now))
            context.Inbox.Deliver(notice with { Account = known.Account });
        if (now.Status == PermalinkStatus.Expired)
            _deleteAllTokens.Bind(1, now.PermalinkId).Run();
        if (now.Status is PermalinkStatus.Expired or PermalinkStatus.Unknown)
            _delete.Bind(1, now.Token).Run();
        else
            Put(now with { Status = now.IsRecurring || isInTheWay ? PermalinkStatus.Waiting : now.Status, IsToRegister = isInTheWay });
        if (registration is not null)
            _startAllTokens.Bind(1, now.PermalinkId).Bind(2, now.MeetingStartedAt).Bind(3, isInTheWay ? 1 : 0).Run();
        return isInTheWay ? PermalinkOutcome.AccountConflict : PermalinkOutcome.Written;
    }

    /// <summary>The observation of a room is over: what waited for that one meeting is done with, unless it still wants the room.</summary>
    public void ForgetStarted(string roomId) => _deleteStarted.Bind(1, roomId).Run();

    public void Dispose()
    {
        _find.Dispose();
        _put.Dispose();
        _startAllTokens.Dispose();
        _delete.Dispose();
        _deleteAllTokens.Dispose();
        _deleteStarted.Dispose();
        _hasOtherToken.Dispose();
        _wasTold.Dispose();
    }

    private static bool Exists(SqliteStatement statement)
    {
        try
        {
            return statement.Step();
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>True when the observation of the meeting that was told of was given up.</summary>
    private bool IsRejected(PermalinkRow permalink) =>
        permalink is { MeetingStartedAt: not null, RoomId: { } roomId } && context.Rooms.IsRejected(roomId);

    /// <summary>True when the meeting became known by another token of the same permalink.</summary>
    private bool WasTold(PermalinkRow permalink) =>
        permalink.Status != PermalinkStatus.Expired
        && Exists(_wasTold.Bind(1, permalink.PermalinkId).Bind(2, permalink.Token).Bind(3, permalink.MeetingStartedAt));

    private PermalinkRow? Find(string token)
    {
        try
        {
            return _find.Bind(1, token).Step() ? PermalinkColumns.Read(_find) : null;
        }
        finally
        {
            _find.Reset();
        }
    }

    private void Put(PermalinkRow permalink) => _put
        .Bind(1, permalink.Token)
        .Bind(2, permalink.Account)
        .Bind(3, permalink.IsRecurring ? 1 : 0)
        .Bind(4, PermalinkColumns.Name(permalink.Status))
        .Bind(5, permalink.PermalinkId)
        .Bind(6, permalink.RoomId)
        .Bind(7, permalink.MeetingStartedAt)
        .Bind(8, permalink.IsToRegister ? 1 : 0)
        .Run();
}
