namespace EyesonBridge.Storage.Sqlite;

/// <summary>Which permalinks are watched, and how far.</summary>
internal sealed class PermalinkWrites(SqliteWriteContext context) : IDisposable
{
    private readonly SqliteStatement _find = new(
        context.Database, $"SELECT {PermalinkColumns.All} FROM permalinks WHERE token = ?1");

    private readonly SqliteStatement _put = new(context.Database, $"""
        INSERT INTO permalinks ({PermalinkColumns.All}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (token) DO UPDATE SET
            account = ?2, recurring = ?3, status = ?4, permalink_id = ?5, room_id = ?6, meeting_started_at = ?7
        """);

    /// <inheritdoc cref="IBridgeStore.RegisterPermalinkAsync"/>
    public bool Register(PermalinkRow permalink)
    {
        var known = Find(permalink.Token);
        var isNew = known is not { Status: PermalinkStatus.Waiting };
        Put(permalink with
        {
            Status = PermalinkStatus.Waiting,
            PermalinkId = permalink.PermalinkId ?? known?.PermalinkId,
            RoomId = permalink.RoomId ?? known?.RoomId,
            MeetingStartedAt = isNew ? null : known?.MeetingStartedAt, // asked for anew, the meeting that runs is news
        });
        return isNew;
    }

    /// <inheritdoc cref="IBridgeStore.UnregisterPermalinkAsync"/>
    public bool Unregister(string token)
    {
        if (Find(token) is not { } known || known.Status == PermalinkStatus.Stopped)
            return false;

        Put(known with { Status = PermalinkStatus.Stopped });
        var wanted = known is { RoomId: { } roomId, PermalinkId: { } permalinkId }
            && context.Rooms.Unregister(roomId, IntentSources.Permalink(permalinkId));
        return known.Status == PermalinkStatus.Waiting || wanted;
    }

    /// <inheritdoc cref="IBridgeStore.UpdatePermalinkAsync"/>
    public bool Update(PermalinkRow permalink, RoomRegistration? registration, InboxEntry? notice)
    {
        if (Find(permalink.Token) is not { Status: PermalinkStatus.Waiting } known)
            return false;

        Put(permalink with { Account = known.Account, IsRecurring = known.IsRecurring });
        if (registration is not null)
            context.Rooms.Register(registration);
        if (notice is not null)
            context.Inbox.Deliver(notice);
        return true;
    }

    public void Dispose()
    {
        _find.Dispose();
        _put.Dispose();
    }

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

    private void Put(PermalinkRow permalink)
    {
        _put
            .Bind(1, permalink.Token)
            .Bind(2, permalink.Account)
            .Bind(3, permalink.IsRecurring ? 1 : 0)
            .Bind(4, PermalinkColumns.Name(permalink.Status))
            .Bind(5, permalink.PermalinkId)
            .Bind(6, permalink.RoomId)
            .Bind(7, permalink.MeetingStartedAt)
            .Run();
        context.HasPermalinks = true;
    }
}
