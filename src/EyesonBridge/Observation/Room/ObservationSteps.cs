using EyesonBridge.Contracts.V1;
using EyesonBridge.Meetings;
using EyesonBridge.Observation.Endings;
using EyesonBridge.Storage;

namespace EyesonBridge.Observation.Room;

/// <summary>The steps of an observation that are not frames: each one append and a turn, with what consumers are told of it.</summary>
internal sealed class ObservationSteps(RoomJournal journal, ObserverServices services)
{
    /// <summary>
    /// The store says that the room is being observed, but nobody does: whoever did was stopped, crashed, or lost the
    /// lease. From the last moment heard until the next subscription there is a gap.
    /// </summary>
    public async Task NoteRestartAsync()
    {
        using var turn = await journal.TakeTurnAsync();
        if (journal.Status == ObservationStatus.Observing)
            await InterruptAsync(InterruptionReason.BridgeRestarted, detail: null, heardUntil: null);
    }

    /// <summary>The room was given up, its socket closed, and then it was wanted after all.</summary>
    public async Task NoteRegisteredAgainAsync()
    {
        using var turn = await journal.TakeTurnAsync();
        if (journal.Status == ObservationStatus.Observing)
            await InterruptAsync(InterruptionReason.ConnectionLost, "The room was unregistered and registered again.", Now());
    }

    /// <summary>The first attempt for a room that was registered.</summary>
    public async Task NoteConnectingAsync()
    {
        using var turn = await journal.TakeTurnAsync();
        if (journal is { Status: ObservationStatus.Waiting, Reason: null })
            await journal.StepAsync(Nothing(), ObservationStatus.Connecting, reason: null, Now());
    }

    /// <summary>The connection is gone; said once for each gap, and only when there was an observation to interrupt.</summary>
    public async Task InterruptAsync(Attempt attempt)
    {
        using var turn = await journal.TakeTurnAsync();
        if (journal.Status != ObservationStatus.Observing)
            return;

        var reason = attempt.WasHeldUp ? InterruptionReason.BackPressure : ReasonOf(attempt.Ending);
        await InterruptAsync(reason, attempt.Detail, attempt.HeardUntil);
    }

    /// <summary>The room is not running yet.</summary>
    public async Task NoteWaitingAsync(DateTimeOffset? until)
    {
        using var turn = await journal.TakeTurnAsync();
        if (journal.Status == ObservationStatus.Waiting)
            return;

        services.Logger.WaitingForRoom(journal.RoomId, until);
        await journal.StepAsync(Nothing(), ObservationStatus.Waiting, Name(ObservationRejectionReason.RoomNotRunning), Now());
    }

    /// <summary>Nothing wants the room; unless something does again.</summary>
    public async Task<AppendOutcome> EndStoppedAsync()
    {
        using var turn = await journal.TakeTurnAsync();
        var outcome = await EndAsync(new MeetingChange(journal.State, []), ObservationEndReason.Stopped, AppendClosure.FinalIfUnwanted);
        if (outcome == AppendOutcome.Committed)
            services.Logger.Ended(journal.RoomId, ObservationEndReason.Stopped);
        return outcome;
    }

    /// <summary>Keeps when the room was last heard, so that whoever goes on knows where the gap begins.</summary>
    public async Task LeaveAsync(Attempt attempt)
    {
        using var turn = await journal.TakeTurnAsync();
        if (attempt.Ending == ObservationEnding.LeaseLost || journal.IsFenced)
            services.Logger.LeaseLost(journal.RoomId);
        else if (journal.Status == ObservationStatus.Observing)
            await journal.StepAsync(Nothing(), journal.Status, journal.Reason, Now(), attempt.HeardUntil);
    }

    /// <summary>The observation is over.</summary>
    public async Task CloseAsync(NextStep step)
    {
        using var turn = await journal.TakeTurnAsync();
        switch (step)
        {
            case NextStep.EndMeeting:
                await EndAsync(Nothing(), ObservationEndReason.MeetingEnded, AppendClosure.Final);
                services.Logger.Ended(journal.RoomId, ObservationEndReason.MeetingEnded);
                break;
            case NextStep.ConcludeMeeting:
                await EndAsync(Conclude(), ObservationEndReason.MeetingEnded, AppendClosure.Final);
                services.Logger.Ended(journal.RoomId, ObservationEndReason.MeetingEnded);
                break;
            case NextStep.RejectKey:
                await RejectAsync(
                    ObservationRejectionReason.InvalidApiKey,
                    $"Eyeson refuses the API key of account '{journal.Account}'. Set a valid one under Eyeson:Accounts:{journal.Account}, and register the room again.");
                break;
            case NextStep.RejectNotRunning:
                await RejectAsync(
                    ObservationRejectionReason.RoomNotRunning,
                    "The API key is fine, but no such room is running: it has not started, is over, or was started with another key. Register it once it runs, or with waitUntil.");
                break;
            case NextStep.RejectAccount:
                await RejectAsync(
                    ObservationRejectionReason.UnknownAccount,
                    $"The account '{journal.Account}' is no longer configured, or its key cannot be read. Configure Eyeson:Accounts:{journal.Account}, and register the room again.");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step, "This step does not end an observation.");
        }
    }

    private static InterruptionReason ReasonOf(ObservationEnding ending) => ending switch
    {
        ObservationEnding.Silent => InterruptionReason.Silent,
        ObservationEnding.ServerClosed => InterruptionReason.ServerClosed,
        ObservationEnding.ServerDisconnected or ObservationEnding.ServerFinal or ObservationEnding.Refused =>
            InterruptionReason.ServerDisconnected,
        _ => InterruptionReason.ConnectionLost,
    };

    /// <summary>How a reason stands in the store: as it travels, in camelCase.</summary>
    private static string Name<TReason>(TReason reason)
        where TReason : struct, Enum
    {
        var name = reason.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private async Task InterruptAsync(InterruptionReason reason, string? detail, DateTimeOffset? heardUntil)
    {
        var heardAt = heardUntil ?? journal.HeardAt ?? Now();
        var draft = new MeetingDraft(journal.State, journal.ContextAt(Now()));
        draft.Add(new ObservationInterrupted { Reason = reason, Detail = detail }, occurredAt: heardAt);
        services.Logger.Interrupted(journal.RoomId, reason, detail);
        await journal.StepAsync(draft.ToChange(), ObservationStatus.Interrupted, Name(reason), Now(), heardAt);
    }

    private Task<AppendOutcome> EndAsync(MeetingChange before, ObservationEndReason reason, AppendClosure closure)
    {
        var context = journal.ContextAt(Now());
        var draft = new MeetingDraft(before.State, context with { Sequence = context.Sequence + before.Events.Count });
        draft.Add(new ObservationEnded { Reason = reason });
        var change = before with { Events = [.. before.Events, .. draft.ToChange().Events] };
        return journal.StepAsync(change, ObservationStatus.Ended, Name(reason), Now(), closure: closure);
    }

    private async Task RejectAsync(ObservationRejectionReason reason, string message)
    {
        var draft = new MeetingDraft(journal.State, journal.ContextAt(Now()));
        draft.Add(new ObservationRejected { Reason = reason, Message = message });
        services.Logger.Rejected(journal.RoomId, journal.Account, reason, message);
        await journal.StepAsync(draft.ToChange(), ObservationStatus.Rejected, Name(reason), Now(), closure: AppendClosure.Final);
    }

    /// <summary>The meeting ended in a gap: what was made in it is asked of REST afterwards.</summary>
    private MeetingChange Conclude()
    {
        var concluded = Meeting.Conclude(journal.State, journal.ContextAt(Now()) with { Origin = EventOrigin.Snapshot });
        return concluded with { State = concluded.State with { GapFrom = concluded.State.GapFrom ?? journal.HeardAt?.ToUniversalTime() } };
    }

    private MeetingChange Nothing() => new(journal.State, []);

    private DateTimeOffset Now() => services.Time.GetUtcNow();
}
