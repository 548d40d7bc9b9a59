using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Meetings;

namespace EyesonBridge.Observation;

/// <summary>
/// What is asked of REST for a room, beside its connection and after it: what was made in a gap, and the recordings that
/// outlived their meeting. Goes on until there is nothing left; what is left is in the store, so a restart goes on too.
/// </summary>
internal sealed class RoomAftermath(RoomJournal journal, ObserverServices services)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(60);

    /// <summary>Asks until nothing is left, at first every 5 seconds and then less often, down to once a minute.</summary>
    /// <param name="cancellationToken">Ends it; the rest is for whoever comes next.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = First;
        while (journal is { HasWorkLeft: true, IsFenced: false })
        {
            await FillGapAsync(cancellationToken);
            await FollowRecordingsAsync(cancellationToken);
            if (!journal.HasWorkLeft)
                return;

            await Task.Delay(pause * (0.8 + (0.4 * Random.Shared.NextDouble())), services.Time, cancellationToken);
            pause = pause * 1.5 < AtMost ? pause * 1.5 : AtMost;
        }
    }

    private async Task FillGapAsync(CancellationToken cancellationToken)
    {
        if (journal.State.GapFrom is not { } gapFrom)
            return;

        var recordings = await GetAsync(
            client => client.GetRoomRecordingsAsync(journal.RoomId, Backfill.AskSince(gapFrom), cancellationToken), cancellationToken);
        var snapshots = await GetAsync(
            client => client.GetRoomSnapshotsAsync(journal.RoomId, Backfill.AskSince(gapFrom), cancellationToken), cancellationToken);
        if (recordings is null || snapshots is null)
            return;

        var unfinished = await GetUnfinishedAsync(cancellationToken);
        using var turn = await journal.TakeTurnAsync();
        if (journal.State.GapFrom != gapFrom || journal.IsFenced)
            return; // another gap has begun meanwhile: the next round asks for both

        var now = services.Time.GetUtcNow();
        var change = Backfill.Apply(journal.State, gapFrom, [.. recordings, .. unfinished], snapshots, journal.ContextAt(now));
        services.Logger.GapFilled(journal.RoomId, change.Events.Count);
        await journal.FoundAsync(change, now);
    }

    /// <summary>Recordings that were known before the gap can have gone on in it, and are not in the list of those that began in it.</summary>
    private async Task<List<Recording>> GetUnfinishedAsync(CancellationToken cancellationToken)
    {
        var found = new List<Recording>();
        foreach (var (id, said) in journal.State.Recordings)
        {
            if (said.HasFlag(RecordingPhases.Finished) || journal.State.ToFollow.ContainsKey(id))
                continue;

            await services.Accounts.WaitForCallAsync(journal.Account, cancellationToken);
            var result = await services.Rest.CallAsync(journal.Account, client => client.GetRecordingAsync(id, cancellationToken));
            if (result.IsOk)
                found.Add(result.Value);
        }

        return found;
    }

    private async Task FollowRecordingsAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, followed) in journal.State.ToFollow)
        {
            await services.Accounts.WaitForCallAsync(journal.Account, cancellationToken);
            var result = await services.Rest.CallAsync(journal.Account, client => client.GetRecordingAsync(id, cancellationToken));
            using var turn = await journal.TakeTurnAsync();
            var now = services.Time.GetUtcNow();
            if (journal.IsFenced || !journal.State.ToFollow.ContainsKey(id))
                continue; // the socket of a later meeting told it meanwhile

            if (result.IsOk)
                await ApplyAsync(Following.Apply(journal.State, WithId(result.Value, id), ContextAt(now)), now);
            if (journal.State.ToFollow.ContainsKey(id) && now >= followed.Until)
            {
                services.Logger.RecordingGivenUp(journal.RoomId, id);
                await ApplyAsync(Following.GiveUp(journal.State, id), now);
            }
        }
    }

    private static Recording WithId(Recording recording, string id) => recording.Id is null ? recording with { Id = id } : recording;

    private async Task ApplyAsync(MeetingChange change, DateTimeOffset now)
    {
        if (change.Events.Count > 0 || !ReferenceEquals(change.State, journal.State))
            await journal.FoundAsync(change, now);
    }

    private FrameContext ContextAt(DateTimeOffset now) => journal.ContextAt(now) with { Origin = EventOrigin.Backfill };

    /// <summary>The list; empty when Eyeson knows no such room any more, null when there is no answer.</summary>
    private async Task<IReadOnlyList<T>?> GetAsync<T>(
        Func<EyesonRestClient, Task<RestResult<IReadOnlyList<T>>>> call, CancellationToken cancellationToken)
    {
        await services.Accounts.WaitForCallAsync(journal.Account, cancellationToken);
        var result = await services.Rest.CallAsync(journal.Account, call);
        if (result.IsOk)
            return result.Value;
        if (result.Outcome == RestOutcome.NotFound)
            return [];

        services.Logger.GapNotFilled(journal.RoomId, result.Reason ?? result.Outcome.ToString());
        return null;
    }
}
