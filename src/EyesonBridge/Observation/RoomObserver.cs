using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Storage;

namespace EyesonBridge.Observation;

/// <summary>
/// The one task that owns a room: connects, hears, sees how it ended, does what <see cref="ObservationPolicy"/> says,
/// and begins again, until the observation is over or the room is let go. Then it asks REST for what is still missing.
/// </summary>
internal sealed class RoomObserver : IDisposable
{
    private readonly ObserverServices _services;
    private readonly RoomJournal _journal;
    private readonly ObservationSteps _steps;
    private readonly RoomAftermath _aftermath;
    private readonly ReconnectBackoff _backoff;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _abandon;
    private readonly string _owner;
    private ObserverStop _stop;
    private DateTimeOffset? _waitUntil;
    private bool _isDisposed;

    /// <param name="services">What all observers share.</param>
    /// <param name="room">The room as it was claimed.</param>
    /// <param name="owner">Who claimed it.</param>
    /// <param name="abandon">Cancelled when the process can wait for the store no longer.</param>
    public RoomObserver(ObserverServices services, RoomRow room, string owner, CancellationToken abandon)
    {
        _services = services;
        _owner = owner;
        _abandon = abandon;
        _journal = new RoomJournal(services.Store, room, owner, () => Stop(ObserverStop.LeaseLost), abandon);
        _steps = new ObservationSteps(_journal, services);
        _aftermath = new RoomAftermath(_journal, services);
        _backoff = new ReconnectBackoff(services.Options.ReconnectWithin, services.Options.ReconnectWithinAtMost, Random.Shared);
        _waitUntil = room.WaitUntil;
        _stop = room.IsWanted || !room.IsActive ? ObserverStop.None : ObserverStop.NotWanted;
        if (_stop != ObserverStop.None)
            _stopping.Cancel();
    }

    public string RoomId => _journal.RoomId;

    public long Epoch => _journal.Epoch;

    /// <summary>Asks the observer to stop; the socket is closed politely. The strongest reason counts.</summary>
    public void Stop(ObserverStop reason)
    {
        lock (_gate)
        {
            if (reason > _stop)
                _stop = reason;
            if (!_isDisposed)
                _stopping.Cancel();
        }
    }

    /// <summary>Takes over how long to wait for a room that is not running.</summary>
    public void WaitUntil(DateTimeOffset? waitUntil)
    {
        lock (_gate)
            _waitUntil = waitUntil;
    }

    /// <summary>Owns the room until nothing is left to do, or the room is let go.</summary>
    public async Task RunAsync()
    {
        await _steps.NoteRestartAsync();
        while (!_journal.IsClosed)
        {
            var attempt = await AttemptAsync();
            var step = await DecideAsync(attempt.Ending);
            if (!await TakeAsync(step, attempt))
                break;
        }

        if (_journal is { IsClosed: true, HasWorkLeft: true, IsFenced: false })
            await FinishAsync();
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

    private async Task<Attempt> AttemptAsync()
    {
        if (StoppedAs() is { } stopped)
            return new Attempt(stopped);
        if (_services.Keys.Find(_journal.Account) is not { } account || !_services.Keys.TryGetKey(account, out var apiKey))
            return new Attempt(ObservationEnding.AccountMissing);
        if (_services.Accounts.IsRefused(account, apiKey))
            return new Attempt(ObservationEnding.KeyKnownRefused);

        await _steps.NoteConnectingAsync();
        return await ConnectAsync(account, apiKey);
    }

    private async Task<Attempt> ConnectAsync(string account, string apiKey)
    {
        try
        {
            await _services.Accounts.WaitForHandshakeAsync(account, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return new Attempt(StoppedAs() ?? ObservationEnding.ShuttingDown);
        }

        var startedAt = _services.Time.GetTimestamp();
        var history = _journal.Positions.Ask();
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        using var session = new RoomSession(_journal, _services, history, reading);
        var connection = _services.Cables.Connect(new CableTarget
        {
            Url = new Uri(_services.Eyeson.Url),
            RoomId = RoomId,
            ApiKey = apiKey,
            Authorization = _services.Eyeson.Authentication,
            History = history,
        });

        var ending = await RunBesideAftermathAsync(connection, session, reading.Token);
        await _journal.FlushAsync();
        return new Attempt(
            Classify(session, ending),
            ending.Detail,
            session.WasHeldUp ? session.TakenUntil : ending.LastFrameAt,
            _services.Time.GetElapsedTime(startedAt),
            session.WasHeldUp);
    }

    /// <summary>While the room is heard, what an earlier gap hid is asked of REST.</summary>
    private async Task<CableEnding> RunBesideAftermathAsync(CableConnection connection, RoomSession session, CancellationToken reading)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(reading);
        var aftermath = AskBesideAsync(session, ended.Token);
        try
        {
            return await connection.RunAsync(session, reading);
        }
        finally
        {
            await ended.CancelAsync();
            await aftermath;
        }
    }

    private async Task AskBesideAsync(RoomSession session, CancellationToken cancellationToken)
    {
        try
        {
            await session.WhenOpen.WaitAsync(cancellationToken);
            await _aftermath.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The connection is over; what is left is in the journal.
        }
    }

    private ObservationEnding Classify(RoomSession session, CableEnding ending)
    {
        if (_journal.IsFenced)
            return ObservationEnding.LeaseLost;
        if (session.IsMeetingOver)
            return ObservationEnding.MeetingShutdown;

        return StoppedAs() ?? EndingClassifier.Classify(ending);
    }

    private async Task<NextStep> DecideAsync(ObservationEnding ending)
    {
        var step = ObservationPolicy.Next(ending, History(), RoomLookup.NotAsked);
        if (step != NextStep.AskRooms)
            return step;

        try
        {
            var lookup = await _services.Directory.LookUpAsync(_journal.Account, RoomId, _stopping.Token);
            return ObservationPolicy.Next(ending, History(), lookup);
        }
        catch (OperationCanceledException)
        {
            return ObservationPolicy.Next(StoppedAs() ?? ending, History(), RoomLookup.Unknown);
        }
    }

    /// <summary>False when the observation is over, or the room is let go.</summary>
    private async Task<bool> TakeAsync(NextStep step, Attempt attempt)
    {
        switch (step)
        {
            case NextStep.Reconnect:
                await _steps.InterruptAsync(attempt);
                await PauseAsync(_backoff.Next(attempt.HeldFor), attempt.Detail);
                return true;
            case NextStep.Wait:
                await _steps.WaitAsync(_waitUntil);
                await PauseAsync(_services.Options.WaitInterval * (0.5 + (Random.Shared.NextDouble() / 2)), attempt.Detail);
                return true;
            case NextStep.Suspend:
                await _steps.InterruptAsync(attempt);
                await UnlessStoppedAsync(stopping => _services.Accounts.WhenKeyChangesAsync(_journal.Account, stopping));
                return true;
            case NextStep.EndStopped:
                await EndUnlessWantedAgainAsync();
                return false;
            case NextStep.Leave:
                await _steps.LeaveAsync(attempt.Ending);
                return false;
            default:
                await _steps.CloseAsync(step);
                return false;
        }
    }

    /// <summary>When something wants the room again, perhaps with another account, another round of the supervisor begins it anew.</summary>
    private async Task EndUnlessWantedAgainAsync()
    {
        if (await _steps.EndStoppedAsync() != AppendOutcome.WantedAgain)
            return;

        await _steps.NoteRegisteredAgainAsync();
        await _services.Store.ReleaseRoomAsync(RoomId, _owner, Epoch, _abandon);
        _services.Store.Signals.Intent.Set();
    }

    /// <summary>The observation is over; the room is held until nothing is left to be asked of REST.</summary>
    private async Task FinishAsync()
    {
        if (StoppedAs() == ObservationEnding.NotWanted)
        {
            await _services.Store.ReleaseRoomAsync(RoomId, _owner, Epoch, _abandon);
            _services.Store.Signals.Intent.Set();
            return;
        }

        await UnlessStoppedAsync(_aftermath.RunAsync);
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
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The next attempt sees why.
        }
    }

    private ObservationEnding? StoppedAs()
    {
        lock (_gate)
        {
            return _stop switch
            {
                ObserverStop.NotWanted => ObservationEnding.NotWanted,
                ObserverStop.LeaseLost => ObservationEnding.LeaseLost,
                ObserverStop.ShuttingDown => ObservationEnding.ShuttingDown,
                _ => null,
            };
        }
    }

    private ObservationHistory History()
    {
        lock (_gate)
            return new(_journal.HeardAt is not null, _waitUntil is { } until && until > _services.Time.GetUtcNow());
    }
}
