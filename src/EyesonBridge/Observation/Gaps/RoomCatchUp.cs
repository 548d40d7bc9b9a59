using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Meetings;
using EyesonBridge.Observation.Room;
using EyesonBridge.Pacing;
using EyesonBridge.Storage;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Observation.Gaps;

/// <summary>
/// What is asked of REST for a room, beside its connection and after it: what was made in a gap, and the recordings that
/// outlived their meeting. Continues until nothing is left; what is left is in the store, so a restart continues too.
/// </summary>
internal sealed class RoomCatchUp(RoomJournal journal, ObserverServices services)
{
    /// <summary>Asks while the room is held: at first every 5 seconds and then less often, down to once a minute.</summary>
    /// <param name="cancellationToken">Ends it; what is left is in the journal.</param>
    /// <returns>When the observation is over and nothing is left, or the room is another's.</returns>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pace = new AskingPace(Random.Shared);
        while (true)
        {
            if (!journal.HasWorkLeft)
            {
                if (journal.IsClosed)
                    return;

                await journal.Work.WaitAsync(cancellationToken);
                pace.Reset();
                continue;
            }

            await AskAsync(cancellationToken);
            if (!journal.HasWorkLeft)
                continue;

            var begun = services.Time.GetTimestamp();
            var pause = pace.Next();
            await journal.Work.WaitAsync(pause, services.Time, cancellationToken);
            if (services.Time.GetElapsedTime(begun) < pause)
                pace.Reset(); // there is more to do
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TakeUpInboxAsync(cancellationToken);
            await FillGapAsync(cancellationToken);
            await FollowRecordingsAsync(cancellationToken);
        }
#pragma warning disable CA1031 // whatever goes wrong, the observation continues
        catch (Exception error) when (error is not OperationCanceledException)
        {
            services.Logger.AftermathFailed(journal.RoomId, error);
        }
#pragma warning restore CA1031
    }

    /// <summary>What was learned of the room elsewhere: by webhook, or of its permalink.</summary>
    private async Task TakeUpInboxAsync(CancellationToken cancellationToken)
    {
        while (await journal.ReadInboxAsync(cancellationToken) is { Count: > 0 } entries)
        {
            using var turn = await journal.TakeTurnAsync();
            var now = services.Time.GetUtcNow();
            var change = InboxReader.Apply(turn.State, entries, turn.ContextAt(now), out var unreadable);
            if (unreadable.Count > 0)
                await SetAsideAsync(unreadable, cancellationToken);
            await turn.FoundAsync(change, now, [.. entries.Select(entry => entry.Id).Except(unreadable.Select(entry => entry.Id))]);
        }
    }

    private async Task SetAsideAsync(List<UnreadableInboxEntry> unreadable, CancellationToken cancellationToken)
    {
        foreach (var entry in unreadable)
        {
            services.Logger.InboxSetAside(journal.RoomId, entry.Id, entry.Problem);
            BridgeMetrics.NoteSetAside(RoomParts.Inbox);
        }

        await services.Store.SetInboxAsideAsync([.. unreadable.Select(entry => entry.Id)], cancellationToken);
    }

    private async Task FillGapAsync(CancellationToken cancellationToken)
    {
        var known = await KnownAsync();
        if (known.GapFrom is not { } gapFrom)
            return;

        var recordings = await GetAsync(
            client => client.GetRoomRecordingsAsync(journal.RoomId, Backfill.AskSince(gapFrom), cancellationToken), cancellationToken);
        var snapshots = await GetAsync(
            client => client.GetRoomSnapshotsAsync(journal.RoomId, Backfill.AskSince(gapFrom), cancellationToken), cancellationToken);
        if (recordings is null || snapshots is null || await GetUnfinishedAsync(known, cancellationToken) is not { } unfinished)
        {
            await GiveUpGapAsync();
            return;
        }

        using var turn = await journal.TakeTurnAsync();
        if (turn.State.GapFrom != gapFrom)
            return; // another gap has begun meanwhile: the next round asks for both

        var now = services.Time.GetUtcNow();
        var change = Backfill.Apply(turn.State, gapFrom, [.. recordings, .. unfinished], snapshots, turn.ContextAt(now));
        if (turn.State.GapTo != known.GapTo) // a gap has ended that the answers may know nothing of: it is asked about in the next round
            change = change with { State = change.State with { GapFrom = gapFrom, GapTo = turn.State.GapTo } };
        services.Logger.GapFilled(journal.RoomId, change.Events.Count);
        await turn.FoundAsync(change, now);
    }

    /// <summary>The meeting is over for long, and REST never answered.</summary>
    private async Task GiveUpGapAsync()
    {
        using var turn = await journal.TakeTurnAsync();
        var now = services.Time.GetUtcNow();
        if (turn.ClosedAt is not { } closedAt || now < closedAt + Following.AtMost)
            return;

        services.Logger.GapGivenUp(journal.RoomId);
        await turn.FoundAsync(MeetingChange.None(turn.State with { GapFrom = null, GapTo = null }), now);
    }

    /// <summary>
    /// Recordings that were known before the gap can have gone on in it, and are not in the list of those that began in it.
    /// Null when one could not be asked for.
    /// </summary>
    private async Task<List<Recording>?> GetUnfinishedAsync(MeetingState known, CancellationToken cancellationToken)
    {
        var found = new List<Recording>();
        foreach (var (id, said) in known.Recordings)
        {
            if (said.HasFlag(RecordingPhases.Finished) || known.ToFollow.ContainsKey(id))
                continue;

            var result = await GetRecordingAsync(id, cancellationToken);
            if (result.IsOk)
                found.Add(WithId(result.Value, id));
            else if (!IsAnswer(result))
                return null;
        }

        return found;
    }

    private async Task<RestResult<Recording>> GetRecordingAsync(string id, CancellationToken cancellationToken)
    {
        await services.Accounts.WaitForCallAsync(journal.Account, cancellationToken);
        return await services.Calls.CallAsync(journal.Account, client => client.GetRecordingAsync(id, cancellationToken), cancellationToken);
    }

    private async Task FollowRecordingsAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, followed) in (await KnownAsync()).ToFollow)
        {
            var result = await GetRecordingAsync(id, cancellationToken);
            using var turn = await journal.TakeTurnAsync();
            var now = services.Time.GetUtcNow();
            if (!turn.State.ToFollow.ContainsKey(id))
                continue; // the socket of a later meeting told it meanwhile

            if (result.IsOk)
                await ApplyAsync(turn, Following.Apply(turn.State, WithId(result.Value, id), turn.ContextAt(now) with { Origin = EventOrigin.Backfill }), now);
            if (turn.State.ToFollow.ContainsKey(id) && now >= followed.Until)
            {
                services.Logger.RecordingGivenUp(journal.RoomId, id);
                await ApplyAsync(turn, Following.GiveUp(turn.State, id), now);
            }
        }
    }

    private static Recording WithId(Recording recording, string id) => recording.Id is null ? recording with { Id = id } : recording;

    private static async Task ApplyAsync(RoomTurn turn, MeetingChange change, DateTimeOffset now)
    {
        if (change.Events.Count > 0 || !ReferenceEquals(change.State, turn.State))
            await turn.FoundAsync(change, now);
    }

    /// <summary>The state at this moment; REST is asked outside of a turn.</summary>
    private async Task<MeetingState> KnownAsync()
    {
        using var turn = await journal.TakeTurnAsync();
        return turn.State;
    }

    /// <summary>The list; empty when Eyeson no longer knows the room, null when there is no answer.</summary>
    private async Task<IReadOnlyList<T>?> GetAsync<T>(
        Func<EyesonRestClient, Task<RestResult<IReadOnlyList<T>>>> call, CancellationToken cancellationToken)
    {
        await services.Accounts.WaitForCallAsync(journal.Account, cancellationToken);
        var result = await services.Calls.CallAsync(journal.Account, call, cancellationToken);
        return IsAnswer(result) ? result.Value ?? [] : null;
    }

    /// <summary>True when Eyeson has answered, even with "not found". A rejected key is reported elsewhere, once.</summary>
    private bool IsAnswer<T>(RestResult<T> result)
        where T : class
    {
        if (result.IsOk || result.Outcome == RestOutcome.NotFound)
            return true;

        if (result.Outcome != RestOutcome.KeyRefused)
            services.Logger.GapNotFilled(journal.RoomId, result.Reason ?? result.Outcome.ToString());
        return false;
    }
}
