using EyesonBridge.Accounts;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Observation.Endings;
using EyesonBridge.Observation.Gaps;
using EyesonBridge.Observation.Handover;
using EyesonBridge.Outbox;
using EyesonBridge.Pacing;
using EyesonBridge.Storage;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Observation.Room;

/// <summary>
/// The one task that owns a room: connects, hears, sees how it ended, does what <see cref="ObservationPolicy"/> says,
/// and begins again, until the observation is over or the room is let go. Then it asks REST for what is still missing.
/// </summary>
internal sealed partial class RoomObserver : IDisposable
{
    /// <summary>A room that is running and has been refused for so long is given up.</summary>
    public static readonly TimeSpan RefusedForLong = TimeSpan.FromMinutes(1);

    private readonly ObserverServices _services;
    private readonly RoomJournal _journal;
    private readonly ObservationSteps _steps;
    private readonly RoomCatchUp _catchUp;
    private readonly ReconnectBackoff _backoff;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _abandon;
    private readonly string _owner;
    private readonly Succession? _succession;
    private volatile RoomConnection? _connection;
    private ObservationEnding? _stop;
    private long? _refusedSince;
    private bool _isDisposed;
    private int _reconnects;

    /// <param name="services">What all observers share.</param>
    /// <param name="room">The room as it was claimed.</param>
    /// <param name="owner">Who claimed it.</param>
    /// <param name="abandon">Cancelled when the process can wait for the store no longer.</param>
    /// <param name="succession">How it goes on without a gap; null when the room was not handed over.</param>
    /// <exception cref="UnreadableRoomException">A part of the row cannot be read.</exception>
    public RoomObserver(ObserverServices services, RoomRow room, string owner, CancellationToken abandon, Succession? succession = null)
    {
        _services = services;
        _succession = succession;
        _owner = owner;
        _abandon = abandon;
        _journal = new RoomJournal(services.Store, room, owner, services.Writer, abandon, services.Secrets) { Takeover = RoomTakeover.Of(room, services.Time) };
        _steps = new ObservationSteps(_journal, services);
        _catchUp = new RoomCatchUp(_journal, services);
        _backoff = new ReconnectBackoff(services.Options.ReconnectWithin, services.Options.ReconnectWithinAtMost, Random.Shared);
        if (room is { IsWanted: false, IsActive: true })
            Stop(ObservationEnding.NotWanted);
    }

    public string RoomId => _journal.RoomId;

    public long Epoch => _journal.Epoch;

    /// <summary>Account whose key observes it.</summary>
    public string Account => _journal.Account;

    /// <summary>The state of the room, for observers such as the status page.</summary>
    public RoomVitals Vitals => new(_journal.RoomId, _journal.Account, _journal.Status, _journal.LastEventAt, Volatile.Read(ref _reconnects));

    /// <summary>The latest events, the last first.</summary>
    public IReadOnlyList<RecentEvent> LatestEvents => _journal.RecentEvents.Read();

    /// <summary>The latest gaps, the last first.</summary>
    public IReadOnlyList<RecentGap> LatestGaps => _journal.RecentGaps.Latest;

    /// <summary>Asks the observer to stop; the socket is closed politely. The strongest reason counts.</summary>
    /// <param name="reason">One of those that come from outside: from <see cref="ObservationEnding.NotWanted"/> on.</param>
    public void Stop(ObservationEnding reason)
    {
        lock (_gate)
        {
            if (_stop is null || reason > _stop)
                _stop = reason;
            _journal.Heard?.End();
            if (!_isDisposed)
                _stopping.Cancel();
        }
    }

    /// <summary>What is known of what is wanted of the room.</summary>
    public RoomIntent Intent => _journal.Intent;

    /// <summary>Something was put into the room's inbox.</summary>
    public void NotifyInbox() => _journal.NotifyInbox();

    /// <summary>Owns the room until nothing is left to do, or the room is released.</summary>
    public async Task RunAsync()
    {
        using var scope = _services.Logger.BeginScope(new RoomScope(RoomId, _journal.Account));
        await using var lost = _journal.Lost.UnsafeRegister(static self => ((RoomObserver)self!).Stop(ObservationEnding.LeaseLost), this);
        if (_journal.HasLostPositions)
        {
            _services.Logger.PositionsUnreadable(RoomId);
            BridgeMetrics.NoteSetAside(RoomParts.Positions);
        }

        var catchUp = UnlessStoppedAsync(_catchUp.RunAsync);
        try
        {
            await ObserveAsync();
            if (_journal.IsClosed && StoppedAs() is null)
                await catchUp; // the room is held until nothing is left to be asked of REST
        }
        catch (OperationCanceledException) when (_journal.Lost.IsCancellationRequested && !_abandon.IsCancellationRequested)
        {
            await _journal.WhenLostAsync();
            _services.Logger.LeaseLost(RoomId);
        }
        finally
        {
            await _stopping.CancelAsync();
            await catchUp;
        }

        if (_journal is { IsClosed: true, HasWorkLeft: true } && StoppedAs() == ObservationEnding.NotWanted)
            await GiveBackAsync();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _stopping.Dispose();
        }

        _journal.Dispose();
    }

    private async Task ObserveAsync()
    {
        var known = Intent.Number; // what is wanted later, this attempt does not answer
        var attempt = await ContinueAsync();
        if (attempt is null)
            await _steps.NoteRestartAsync();
        while (!_journal.IsClosed)
        {
            var ended = attempt ?? await WaitForHandshakeAsync() ?? await ConnectAsync();
            var step = await DecideAsync(ended.Ending);
            if (!await TakeAsync(step, ended, known))
                return;

            (known, attempt) = (Intent.Number, null);
        }
    }

    /// <summary>Waits for the room's turn to connect.</summary>
    /// <returns>Why no attempt is made; null when one is to be made.</returns>
    private async Task<Attempt?> WaitForHandshakeAsync()
    {
        if (MayNotConnect(out var account, out _) is { } attempt)
            return attempt;

        await _steps.NoteConnectingAsync();
        await UnlessStoppedAsync(stopping => _services.Accounts.WaitForHandshakeAsync(account, stopping));
        return null;
    }

    /// <summary>Why no attempt is made; null when there is a key to use.</summary>
    private Attempt? MayNotConnect(out string account, out string apiKey)
    {
        (account, apiKey) = ("", "");
        if (StoppedAs() is { } stopped)
            return new Attempt(stopped);
        if (_services.Keys.Find(_journal.Account) is not { } configured)
            return new Attempt(ObservationEnding.AccountMissing);

        account = configured;
        if (!_services.Keys.TryGetKey(configured, out var key))
        {
            // Perhaps its file is being written: no reason to give up a room that is observed, or waited for.
            return _journal.HeardAt is null && !IsWaitedFor
                ? new Attempt(ObservationEnding.AccountMissing)
                : new Attempt(ObservationEnding.HandshakeFailed, "The account's API key cannot be read.");
        }

        apiKey = key;
        return _services.Accounts.IsRefused(configured, key) ? new Attempt(ObservationEnding.KeyKnownRefused) : null;
    }

    private async Task<Attempt> ConnectAsync()
    {
        // Many rooms wait for their turn: the key may have been rejected or changed meanwhile.
        if (MayNotConnect(out _, out var apiKey) is { } attempt)
            return attempt;

        var startedAt = _services.Time.GetTimestamp();
        var span = new ConnectSpan(
            RoomId, _journal.Account, _services.EyesonUrl, _services.Time.GetUtcNow(), _journal.HeardAt is null ? null : _journal.Reason);
        if (span.Reason is not null)
        {
            Interlocked.Increment(ref _reconnects);
            BridgeMetrics.NoteReconnect(span.Reason);
        }

        _journal.Heard = null; // what is said in between is not heard
        var history = await AskHistoryAsync();
        var connection = new RoomConnection(_journal, _services, apiKey, history is not null, span, _stopping.Token);
        var cable = _services.Cables.Connect(new CableTarget
        {
            Url = span.Server,
            RoomId = RoomId,
            ApiKey = apiKey,
            Authorization = _services.Eyeson.Authentication,
            History = history,
        });

        _connection = connection;
        var ending = await cable.RunAsync(connection, _stopping.Token);
        if (ending is { Subscribed: false, Kind: not (CableEndingKind.Stopped or CableEndingKind.Finished) })
            ObservationSpans.WriteConnect(span, _services.Time.GetUtcNow(), ending.Kind.ToString(), ending.Detail);
        return await EndAsync(connection, ending, startedAt);
    }

    private async Task<Attempt> EndAsync(RoomConnection connection, CableEnding ending, long startedAt)
    {
        if (ending.Subscribed)
            _refusedSince = null;
        var isOver = await connection.CloseAsync() == CableNext.Stop;
        return new Attempt(
            isOver ? ObservationEnding.MeetingShutdown : StoppedAs() ?? EndingClassifier.Classify(ending),
            ending.Detail,
            connection.HeldUpSince ?? ending.LastFrameAt,
            _services.Time.GetElapsedTime(startedAt),
            connection.HeldUpSince is not null);
    }

    private async Task<CableHistory?> AskHistoryAsync()
    {
        using var turn = await _journal.TakeTurnAsync();
        return turn.HeardAt is null ? null : turn.Positions.Ask(); // what happened before the observation is not part of it
    }

    private async Task<NextStep> DecideAsync(ObservationEnding ending)
    {
        var step = ObservationPolicy.Next(ending, Past(), RoomLookup.NotAsked);
        if (step != NextStep.AskRooms)
            return step;

        try
        {
            step = ObservationPolicy.Next(ending, Past(), await LookUpAsync());
            if (step != NextStep.ConcludeMeeting)
                return step;

            // The end of a meeting cannot be taken back, and one answer can lack a room that runs: it is looked for once more.
            await Task.Delay(Jitter.Above(_services.Options.ReconnectWithin, 0.5), _services.Time, _stopping.Token);
            return ObservationPolicy.Next(ending, Past(), await LookUpAsync());
        }
        catch (OperationCanceledException)
        {
            return ObservationPolicy.Next(StoppedAs() ?? ending, Past(), RoomLookup.Unknown);
        }
    }

    private Task<RoomLookup> LookUpAsync() => _services.Directory.LookUpAsync(_journal.Account, RoomId, _stopping.Token);

    /// <summary>False when the observation is over, or the room is released.</summary>
    private async Task<bool> TakeAsync(NextStep step, Attempt attempt, long known)
    {
        switch (step)
        {
            case NextStep.Reconnect:
                await _steps.InterruptAsync(attempt);
                await PauseAsync(_backoff.Next(attempt.HeldFor), attempt.Detail);
                return true;
            case NextStep.Insist:
                if (_refusedSince is null)
                    _services.Logger.Refused(RoomId, _journal.Account, SenderText.Cut(attempt.Detail));
                _refusedSince ??= _services.Time.GetTimestamp();
                await _steps.NoteRefusedAsync(attempt);
                await PauseAsync(_backoff.Next(attempt.HeldFor), attempt.Detail);
                return true;
            case NextStep.Wait:
                await _steps.NoteWaitingAsync(Intent.WaitUntil);
                await PauseAsync(Jitter.Above(_services.Options.WaitInterval, 0.2), attempt.Detail);
                return true;
            case NextStep.Suspend:
                await _steps.InterruptAsync(attempt);
                await UnlessStoppedAsync(stopping => _services.Accounts.WhenKeyChangesAsync(_journal.Account, stopping));
                return true;
            case NextStep.EndStopped:
                await EndUnlessWantedAgainAsync();
                return false;
            case NextStep.EndMeeting:
                _services.Logger.Ended(RoomId, ObservationEndReason.MeetingEnded); // written with the frame that said so
                return false;
            case NextStep.ConcludeMeeting:
                await _steps.ConcludeMeetingAsync(known);
                return false;
            case NextStep.RejectKey:
                return await IsWantedAgainAsync(_steps.RejectKeyAsync(known));
            case NextStep.RejectNotRunning:
                return await IsWantedAgainAsync(_steps.RejectNotRunningAsync(known));
            case NextStep.RejectRefused:
                return await IsWantedAgainAsync(_steps.RejectRefusedAsync(known, attempt.Detail));
            case NextStep.RejectAccount:
                return await IsWantedAgainAsync(_steps.RejectAccountAsync(known));
            case NextStep.Leave:
                await _steps.LeaveAsync(attempt);
                return false;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step, "Not a step that can be taken.");
        }
    }

    /// <summary>When something wants the room again, perhaps with another account, a later round of the supervisor starts it again.</summary>
    private async Task EndUnlessWantedAgainAsync()
    {
        if (await _steps.EndStoppedAsync() != AppendOutcome.WantedAgain)
            return;

        await _steps.NoteRegisteredAgainAsync();
        await GiveBackAsync();
    }

    /// <summary>True when something else is wanted of the room since the attempt that would be its last: then there is another one.</summary>
    private async Task<bool> IsWantedAgainAsync(Task<AppendOutcome> end)
    {
        if (await end != AppendOutcome.WantedAgain)
            return false;

        if (await _services.Store.FindRoomAsync(RoomId, _abandon) is { } room)
            Intent.Learn(room.Intent, room.WaitUntil);
        _refusedSince = null;
        return true;
    }

    /// <summary>A later round of the supervisor continues with the room.</summary>
    private async Task GiveBackAsync()
    {
        await _services.Store.ReleaseRoomAsync(RoomId, _owner, Epoch, _abandon);
        _services.Store.Signals.Intent.Set();
    }

    private Task PauseAsync(TimeSpan pause, string? detail)
    {
        _services.Logger.TryingAgain(RoomId, pause, detail);
        return UnlessStoppedAsync(stopping => Task.Delay(pause, _services.Time, stopping));
    }

    private async Task UnlessStoppedAsync(Func<CancellationToken, Task> wait)
    {
        try
        {
            await wait(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested || _journal.Lost.IsCancellationRequested)
        {
            // Whoever waits sees why.
        }
    }

    private bool IsWaitedFor => Intent.WaitUntil is { } until && until > _services.Time.GetUtcNow();

    /// <summary>Why the observer was asked to stop; null when it was not.</summary>
    private ObservationEnding? StoppedAs()
    {
        lock (_gate)
            return _stop;
    }

    private RoomPast Past() => new(
        _journal.HeardAt is not null,
        IsWaitedFor,
        _refusedSince is { } since && _services.Time.GetElapsedTime(since) >= RefusedForLong);
}
