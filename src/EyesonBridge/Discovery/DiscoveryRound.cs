using EyesonBridge.Accounts;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Meetings;
using EyesonBridge.Storage;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Discovery;

/// <summary>One look after the other at the meetings of an account.</summary>
internal sealed class DiscoveryRound(
    string account, IBridgeStore store, EyesonRest eyeson, int maxRooms, TimeProvider time, ILogger logger)
{
    /// <summary>The meetings that were registered and still ran at the last look.</summary>
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The meetings that another account's key observes, as was told.</summary>
    private readonly HashSet<string> _ofOthers = new(StringComparer.Ordinal);
    private bool _isAnswering = true;
    private bool _isFull;
    private int _unusable;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var outcome = DiscoveryOutcomes.Failed;
        try
        {
            var answer = await eyeson.GetRoomsAsync(account, cancellationToken);
            Note(answer);
            if (answer.IsOk)
                await RegisterNewAsync(answer.Value, cancellationToken);
            outcome = answer.IsOk ? DiscoveryOutcomes.Succeeded : answer.Outcome == RestOutcome.KeyRefused ? DiscoveryOutcomes.KeyRefused : outcome;
        }
        finally
        {
            if (!cancellationToken.IsCancellationRequested)
                OutcomeMetrics.NoteDiscovery(account, outcome);
        }
    }

    private async Task RegisterNewAsync(IReadOnlyList<RunningRoom> rooms, CancellationToken cancellationToken)
    {
        var running = rooms.Where(room => room is { Id: not null, Shutdown: not true }).ToList();
        var unusable = running.RemoveAll(static room => RoomIds.Problem(room.Id) is not null);
        if (unusable > _unusable)
            logger.UnusableIds(account, unusable, RoomIds.Rule);
        _unusable = unusable;
        _known.IntersectWith(running.Select(MeetingOf));
        _ofOthers.IntersectWith(running.Select(MeetingOf));
        var left = 0;
        foreach (var room in running)
        {
            if (!_known.Contains(MeetingOf(room)) && _known.Count >= maxRooms)
                left++;
            else if (await IsToRegisterAsync(room, cancellationToken))
                await RegisterAsync(room, cancellationToken);
        }

        if (left > 0 && !_isFull)
            logger.TooMany(account, running.Count, maxRooms);
        _isFull = left > 0;
    }

    private static string MeetingOf(RunningRoom room) =>
        room.StartedAt is { } startedAt ? MeetingState.MeetingId(room.Id!, startedAt) : room.Id!;

    /// <summary>An outage is logged once. A rejected key is reported elsewhere.</summary>
    private void Note<T>(RestResult<T> answer)
        where T : class
    {
        var isAnswering = answer.IsOk || answer.Outcome == RestOutcome.KeyRefused;
        if (_isAnswering && !isAnswering)
            logger.NotAnswered(account, answer.Reason ?? answer.Outcome.ToString());
        _isAnswering = isAnswering;
    }

    /// <summary>
    /// A meeting is registered once; again only when its observation was rejected, since it does run. While another account
    /// has it observed, it is not yet registered.
    /// </summary>
    private async Task<bool> IsToRegisterAsync(RunningRoom room, CancellationToken cancellationToken)
    {
        var isNew = !_known.Contains(MeetingOf(room));
        var observed = await store.FindRoomAsync(room.Id!, cancellationToken);
        if (isNew && observed is { IsActive: true, IsWanted: true } && !string.Equals(observed.Account, account, StringComparison.Ordinal))
        {
            TellOther(room, observed);
            return false;
        }

        return isNew || observed is { Status: Contracts.V1.ObservationStatus.Rejected };
    }

    private void TellOther(RunningRoom room, RoomRow observed)
    {
        if (_ofOthers.Add(MeetingOf(room)))
            logger.ObservedByOther(room.Id!, account, observed.Account);
    }

    private async Task RegisterAsync(RunningRoom room, CancellationToken cancellationToken)
    {
        var meetingId = room.StartedAt is { } startedAt ? MeetingState.MeetingId(room.Id!, startedAt) : null;
        var registration = new RoomRegistration(
            room.Id!, account, IntentSources.Discovery, WaitUntil: null, time.GetUtcNow(), meetingId);
        var result = await store.RegisterRoomAsync(registration, cancellationToken);
        if (result.Outcome == RegistrationOutcome.AccountConflict)
        {
            TellOther(room, result.Room);
            return;
        }

        _known.Add(MeetingOf(room));
        if (result.Outcome == RegistrationOutcome.Registered)
            logger.Found(room.Id!, account);
    }
}
