using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Storage.Postgres;

/// <summary>Which permalinks are watched, and how far. One that is done with is deleted: its token is a secret.</summary>
/// <remarks>A room is locked before the permalinks that lead to it: its owner does so too, when the observation ends.</remarks>
internal sealed class PermalinkWrites(PostgresSession session, RoomWrites rooms, InboxWrites inbox)
{
    /// <inheritdoc cref="IBridgeStore.RegisterPermalinkAsync"/>
    public async Task<bool> RegisterAsync(PermalinkRow permalink)
    {
        session.HasPermalinks = true;
        var known = await LockAsync(permalink.Token);
        if (known is null || (known.Status == PermalinkStatus.Started && !await IsActiveAsync(known)))
        {
            await PutAsync(permalink with { Status = PermalinkStatus.Waiting, MeetingStartedAt = null, IsToRegister = false });
            return true;
        }

        await PutAsync(known with
        {
            Account = permalink.Account,
            IsRecurring = permalink.IsRecurring,
            Status = permalink.IsRecurring ? PermalinkStatus.Waiting : known.Status, // the meeting that runs was told of
            PermalinkId = permalink.PermalinkId ?? known.PermalinkId,
            RoomId = permalink.RoomId ?? known.RoomId,
            IsToRegister = known.IsToRegister || await IsRejectedAsync(known),
        });
        return false;
    }

    /// <inheritdoc cref="IBridgeStore.UnregisterPermalinkAsync"/>
    public async Task<bool> UnregisterAsync(string token)
    {
        if (await LockAsync(token) is not { } known)
            return false;

        await session.RunAsync("DELETE FROM permalinks WHERE token = $1", token);
        session.HasPermalinks = true;
        if (known is { RoomId: { } roomId, PermalinkId: { } permalinkId }
            && !await session.ExistsAsync("SELECT FROM permalinks WHERE permalink_id = $1 AND token <> $2 LIMIT 1", permalinkId, token))
        {
            await rooms.UnregisterAsync(roomId, IntentSources.Permalink(permalinkId));
        }

        return true;
    }

    /// <inheritdoc cref="IBridgeStore.UpdatePermalinkAsync"/>
    public async Task<PermalinkOutcome> UpdateAsync(PermalinkRow permalink, RoomRegistration? registration, InboxEntry? notice)
    {
        if ((registration?.RoomId ?? notice?.RoomId) is { } roomId)
            await rooms.LockAsync(roomId);
        if (await LockAsync(permalink.Token) is not { Status: PermalinkStatus.Waiting } known)
            return PermalinkOutcome.NotWaited;

        if (registration is not null && known is { IsToRegister: false } && known.MeetingStartedAt == permalink.MeetingStartedAt)
            return PermalinkOutcome.NotWaited; // another token of the permalink told it while Eyeson was asked

        // A command may have changed account and recurrence while Eyeson was being asked.
        var now = permalink with { Account = known.Account, IsRecurring = known.IsRecurring };
        var isInTheWay = registration is not null
            && (await rooms.RegisterAsync(registration with { Account = known.Account })).Outcome == RegistrationOutcome.AccountConflict;
        if (notice is not null && !await WasToldAsync(now))
            await inbox.DeliverAsync(notice with { Account = known.Account });
        if (now.Status == PermalinkStatus.Expired)
            await session.RunAsync("DELETE FROM permalinks WHERE permalink_id = $1", now.PermalinkId);
        if (now.Status is PermalinkStatus.Expired or PermalinkStatus.Unknown)
            await session.RunAsync("DELETE FROM permalinks WHERE token = $1", now.Token);
        else
            await PutAsync(now with { Status = now.IsRecurring || isInTheWay ? PermalinkStatus.Waiting : now.Status, IsToRegister = isInTheWay });
        if (registration is not null)
        {
            await session.RunAsync(
                """
                UPDATE permalinks
                SET meeting_started_at = $2::bigint, to_register = $3, status = CASE WHEN recurring OR $3 THEN status ELSE 'started' END
                WHERE permalink_id = $1 AND status = 'waiting'
                """,
                now.PermalinkId,
                now.MeetingStartedAt,
                isInTheWay);
        }

        return isInTheWay ? PermalinkOutcome.AccountConflict : PermalinkOutcome.Written;
    }

    /// <summary>True when the meeting became known by another token of the same permalink.</summary>
    private async Task<bool> WasToldAsync(PermalinkRow permalink) =>
        permalink.Status != PermalinkStatus.Expired
        && await session.ExistsAsync(
            "SELECT FROM permalinks WHERE permalink_id = $1 AND token <> $2 AND meeting_started_at = $3::bigint LIMIT 1",
            permalink.PermalinkId,
            permalink.Token,
            permalink.MeetingStartedAt);

    private async Task<bool> IsActiveAsync(PermalinkRow permalink) =>
        permalink.RoomId is { } roomId && await rooms.LockAsync(roomId) is { IsActive: true };

    /// <summary>True when the observation of the meeting that was told of was given up.</summary>
    private async Task<bool> IsRejectedAsync(PermalinkRow permalink) =>
        permalink is { MeetingStartedAt: not null, RoomId: { } roomId }
        && await rooms.LockAsync(roomId) is { Status: ObservationStatus.Rejected };

    private async Task<PermalinkRow?> LockAsync(string token)
    {
        await session.RunAsync("SELECT FROM rooms WHERE room_id = (SELECT room_id FROM permalinks WHERE token = $1) FOR UPDATE", token);
        return await session.FindAsync($"SELECT {PermalinkColumns.All} FROM permalinks WHERE token = $1 FOR UPDATE", PermalinkColumns.Read, token);
    }

    private Task<int> PutAsync(PermalinkRow permalink) => session.RunAsync(
        $"""
        INSERT INTO permalinks ({PermalinkColumns.All}) VALUES ($1, $2, $3, $4, $5, $6, $7::bigint, $8)
        ON CONFLICT (token) DO UPDATE SET
            account = $2, recurring = $3, status = $4, permalink_id = $5, room_id = $6, meeting_started_at = $7::bigint, to_register = $8
        """,
        permalink.Token,
        permalink.Account,
        permalink.IsRecurring,
        EnumNames<PermalinkStatus>.Of(permalink.Status),
        permalink.PermalinkId,
        permalink.RoomId,
        permalink.MeetingStartedAt,
        permalink.IsToRegister);
}
