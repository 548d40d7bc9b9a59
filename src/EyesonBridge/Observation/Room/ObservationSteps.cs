using EyesonBridge.Contracts.V1;
using EyesonBridge.Meetings;
using EyesonBridge.Observation.Endings;
using EyesonBridge.Storage;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Observation.Room;

/// <summary>The steps of an observation that are not frames: each one append and a turn, with what consumers are told of it.</summary>
internal sealed class ObservationSteps(RoomJournal journal, ObserverServices services)
{
    private const string SubscriptionRejected = "subscriptionRejected";

    /// <summary>
    /// The store says that the room is being observed, but it is not: its former observer was stopped, crashed, or lost the
    /// lease. From the last moment received until the next subscription there is a gap.
    /// </summary>
    public async Task NoteRestartAsync()
    {
        using var turn = await journal.TakeTurnAsync();
        if (turn.Status == ObservationStatus.Observing)
            await InterruptAsync(turn, InterruptionReason.BridgeRestarted, detail: null, heardUntil: null);
    }

    /// <summary>The room was given up and its socket closed, and then it was registered again.</summary>
    public async Task NoteRegisteredAgainAsync()
    {
        using var turn = await journal.TakeTurnAsync();
        if (turn.Status == ObservationStatus.Observing)
            await InterruptAsync(turn, InterruptionReason.ConnectionLost, "The room was unregistered and registered again.", Now());
    }

    /// <summary>The first attempt for a room that was registered.</summary>
    public async Task NoteConnectingAsync()
    {
        using var turn = await journal.TakeTurnAsync();
        if (turn is { Status: ObservationStatus.Waiting, Reason: null })
            await turn.StepAsync(MeetingChange.None(turn.State), ObservationStatus.Connecting, reason: null, Now());
    }

    /// <summary>The connection is gone; said once for each gap, and only when there was an observation to interrupt.</summary>
    public async Task InterruptAsync(Attempt attempt)
    {
        using var turn = await journal.TakeTurnAsync();
        if (turn.Status != ObservationStatus.Observing)
            return;

        var reason = attempt.WasHeldUp ? InterruptionReason.BackPressure : ReasonOf(attempt.Ending);
        await InterruptAsync(turn, reason, attempt.Detail, attempt.HeardUntil);
    }

    /// <summary>The room was refused. Consumers are told only of what was being observed.</summary>
    public async Task NoteRefusedAsync(Attempt attempt)
    {
        using var turn = await journal.TakeTurnAsync();
        if (turn.Status == ObservationStatus.Observing)
            await InterruptAsync(turn, ReasonOf(attempt.Ending), attempt.Detail, attempt.HeardUntil);
        else if (turn.Status is ObservationStatus.Waiting or ObservationStatus.Connecting && !string.Equals(turn.Reason, SubscriptionRejected, StringComparison.Ordinal))
            await turn.StepAsync(MeetingChange.None(turn.State), ObservationStatus.Connecting, SubscriptionRejected, Now());
    }

    /// <summary>The room is not running yet.</summary>
    public async Task NoteWaitingAsync(DateTimeOffset? until)
    {
        using var turn = await journal.TakeTurnAsync();
        if (turn.Status == ObservationStatus.Waiting)
            return;

        services.Logger.WaitingForRoom(journal.RoomId, until);
        await turn.StepAsync(MeetingChange.None(turn.State), ObservationStatus.Waiting, Reasons.Name(ObservationRejectionReason.RoomNotRunning), Now());
    }

    /// <summary>The room is no longer wanted, unless it has been registered again.</summary>
    public async Task<AppendOutcome> EndStoppedAsync()
    {
        using var turn = await journal.TakeTurnAsync();
        var outcome = await EndAsync(turn, MeetingChange.None(turn.State), ObservationEndReason.Stopped, AppendClosure.FinalIfUnwanted);
        if (outcome == AppendOutcome.Committed)
            services.Logger.Ended(journal.RoomId, ObservationEndReason.Stopped);
        return outcome;
    }

    /// <summary>Stores when something was last received, so that the next owner knows where the gap begins.</summary>
    public async Task LeaveAsync(Attempt attempt)
    {
        if (attempt.Ending == ObservationEnding.LeaseLost)
        {
            services.Logger.LeaseLost(journal.RoomId);
            return;
        }

        using var turn = await journal.TakeTurnAsync();
        if (turn.Status == ObservationStatus.Observing)
            await turn.StepAsync(MeetingChange.None(turn.State), turn.Status, turn.Reason, Now(), attempt.HeardUntil);
    }

    /// <summary>The meeting ended while the room was not observed: what was made in that gap is fetched over REST afterwards.</summary>
    /// <param name="knownIntent">The last change of what is wanted that was known before Eyeson was asked.</param>
    public async Task ConcludeMeetingAsync(long knownIntent)
    {
        using var turn = await journal.TakeTurnAsync();
        var concluded = Meeting.Conclude(turn.State, turn.ContextAt(Now()) with { Origin = EventOrigin.Snapshot });
        var gapFrom = concluded.State.GapFrom ?? turn.HeardAt?.ToUniversalTime();
        var gapTo = gapFrom is null ? default(DateTimeOffset?) : Now().ToUniversalTime();
        var closed = concluded with { State = concluded.State with { GapFrom = gapFrom, GapTo = gapTo } };
        await EndAsync(turn, closed, ObservationEndReason.MeetingEnded, AppendClosure.Final, knownIntent, turn.HeardAt);
        services.Logger.Ended(turn.RoomId, ObservationEndReason.MeetingEnded);
    }

    /// <summary>The key is rejected, and the room was never observed.</summary>
    public Task<AppendOutcome> RejectKeyAsync(long knownIntent) => RejectAsync(
        knownIntent,
        ObservationRejectionReason.InvalidApiKey,
        $"Eyeson rejects the API key of account '{journal.Account}'. Set a valid key under Eyeson:Accounts:{journal.Account} and register the room again.");

    /// <summary>The room is not running, and the time to wait for it is over.</summary>
    public Task<AppendOutcome> RejectNotRunningAsync(long knownIntent) => RejectAsync(
        knownIntent,
        ObservationRejectionReason.RoomNotRunning,
        "The API key is valid, but the room is not running: it has not started, has ended, or was started with another key. Register it once it is running, or register it with waitUntil.");

    /// <summary>The room stays refused. Eyeson does not say why; of what consumers can be told, "not running with this key" comes nearest.</summary>
    public Task<AppendOutcome> RejectRefusedAsync(long knownIntent, string? detail) => RejectAsync(
        knownIntent,
        ObservationRejectionReason.RoomNotRunning,
        $"The API key is valid, but Eyeson does not let the room be observed with it: {SenderText.Cut(detail)} Check that the meeting was started with the key of account '{journal.Account}', and register the room again.");

    /// <summary>The account is no longer configured, or has no readable key.</summary>
    public Task<AppendOutcome> RejectAccountAsync(long knownIntent) => RejectAsync(
        knownIntent,
        ObservationRejectionReason.UnknownAccount,
        $"The account '{journal.Account}' is no longer configured, or its key cannot be read. Configure Eyeson:Accounts:{journal.Account} and register the room again.");

    private static InterruptionReason ReasonOf(ObservationEnding ending) => ending switch
    {
        ObservationEnding.Silent => InterruptionReason.Silent,
        ObservationEnding.ServerClosed => InterruptionReason.ServerClosed,
        ObservationEnding.ServerDisconnected or ObservationEnding.ServerFinal or ObservationEnding.Refused or ObservationEnding.SubscriptionRejected =>
            InterruptionReason.ServerDisconnected,
        _ => InterruptionReason.ConnectionLost,
    };

    private static string WithoutDetail(InterruptionReason reason) =>
        reason == InterruptionReason.BridgeRestarted ? "what observed it before has ended" : "no more is known";

    private async Task InterruptAsync(RoomTurn turn, InterruptionReason reason, string? detail, DateTimeOffset? heardUntil)
    {
        var heardAt = heardUntil ?? turn.HeardAt ?? Now();
        var change = MeetingChange.None(turn.State)
            .Then(turn.ContextAt(Now()), new ObservationInterrupted { Reason = reason, Detail = detail }, occurredAt: heardAt);
        services.Logger.Interrupted(turn.RoomId, reason, SenderText.Cut(detail) ?? WithoutDetail(reason));
        await turn.StepAsync(change, ObservationStatus.Interrupted, Reasons.Name(reason), Now(), heardAt);
    }

    private Task<AppendOutcome> EndAsync(RoomTurn turn, MeetingChange before, ObservationEndReason reason, AppendClosure closure, long knownIntent = long.MaxValue, DateTimeOffset? unheardSince = null)
    {
        var change = before.Then(turn.ContextAt(Now()), new ObservationEnded { Reason = reason });
        return turn.StepAsync(change, ObservationStatus.Ended, Reasons.Name(reason), Now(), closure: closure, knownIntent: knownIntent, unheardSince: unheardSince);
    }

    private async Task<AppendOutcome> RejectAsync(long knownIntent, ObservationRejectionReason reason, string message)
    {
        using var turn = await journal.TakeTurnAsync();
        var change = MeetingChange.None(turn.State)
            .Then(turn.ContextAt(Now()), new ObservationRejected { Reason = reason, Message = message });
        var outcome = await turn.StepAsync(
            change, ObservationStatus.Rejected, Reasons.Name(reason), Now(), closure: AppendClosure.FinalIfNothingNew, knownIntent: knownIntent);
        if (outcome == AppendOutcome.Committed)
            services.Logger.Rejected(turn.RoomId, turn.Account, reason, message);
        return outcome;
    }

    private DateTimeOffset Now() => services.Time.GetUtcNow();
}
