using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Storage;

namespace EyesonBridge.Observation;

/// <summary>
/// The one task that owns a room: connects, hears, sees how it ended, does what <see cref="ObservationPolicy"/> says,
/// and begins again, until the observation is over or the room is let go.
/// </summary>
internal sealed class RoomObserver : IDisposable
{
    private readonly ObserverServices _services;
    private readonly RoomJournal _journal;
    private readonly ObservationSteps _steps;
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
        _journal = new RoomJournal(services.Store, room, owner, abandon);
        _steps = new ObservationSteps(_journal, services);
        _backoff = new ReconnectBackoff(services.Options.ReconnectWithin, services.Options.ReconnectWithinAtMost, Random.Shared);
        _waitUntil = room.WaitUntil;
        _stop = room.IsWanted ? ObserverStop.None : ObserverStop.NotWanted;
        if (!room.IsWanted)
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
        }

        StopReading();
    }

    /// <summary>Takes over how long to wait for a room that is not running.</summary>
    public void WaitUntil(DateTimeOffset? waitUntil)
    {
        lock (_gate)
            _waitUntil = waitUntil;
    }

    /// <summary>Owns the room until the observation is over, or the room is let go.</summary>
    public async Task RunAsync()
    {
        await _steps.NoteRestartAsync();
        while (true)
        {
            var startedAt = _services.Time.GetTimestamp();
            var attempt = await AttemptAsync();
            var step = await DecideAsync(attempt.Ending);
            if (!await TakeAsync(step, attempt, _services.Time.GetElapsedTime(startedAt)))
                return;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _stopping.Dispose();
        }
    }

    private async Task<Attempt> AttemptAsync()
    {
        if (StoppedAs() is { } stopped)
            return new Attempt(stopped);
        if (_services.Accounts.Find(_journal.Account) is not { } account || !_services.Accounts.TryGetKey(account, out var apiKey))
            return new Attempt(ObservationEnding.AccountMissing);

        await _steps.NoteConnectingAsync();
        var session = new RoomSession(_journal, _services.Time, _services.Logger, StopReading);
        var connection = _services.Cables.Connect(new CableTarget
        {
            Url = new Uri(_services.Eyeson.Url),
            RoomId = RoomId,
            ApiKey = apiKey,
            Authorization = _services.Eyeson.Authentication,
        });

        var ending = await connection.RunAsync(session, _stopping.Token);
        await _journal.FlushAsync();
        return new Attempt(Classify(session, ending), ending.Detail, ending.LastFrameAt);
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

    /// <summary>False when the observer is done with the room.</summary>
    private async Task<bool> TakeAsync(NextStep step, Attempt attempt, TimeSpan heldFor)
    {
        switch (step)
        {
            case NextStep.Reconnect:
                await _steps.InterruptAsync(attempt);
                await PauseAsync(_backoff.Next(heldFor), attempt.Detail);
                return true;
            case NextStep.Wait:
                await _steps.WaitAsync(_waitUntil);
                await PauseAsync(_services.Options.WaitInterval * (0.5 + (Random.Shared.NextDouble() / 2)), attempt.Detail);
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

    private async Task PauseAsync(TimeSpan pause, string? detail)
    {
        _services.Logger.TryingAgain(RoomId, pause, detail);
        await Task.Delay(pause, _services.Time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void StopReading()
    {
        lock (_gate)
        {
            if (!_isDisposed)
                _stopping.Cancel();
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
