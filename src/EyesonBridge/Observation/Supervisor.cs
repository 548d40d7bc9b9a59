using System.Collections.Concurrent;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Hosting;
using EyesonBridge.Observation.Endings;
using EyesonBridge.Observation.Handover;
using EyesonBridge.Observation.Room;
using EyesonBridge.Pacing;
using EyesonBridge.Storage;
using EyesonBridge.Telemetry;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Observation;

/// <summary>
/// Makes it so: compares the rooms that should be observed with the observers that run, and starts and stops them, as a
/// controller does. A start, a restart and a takeover are the same round; there is no second path for recovery.
/// </summary>
internal sealed class Supervisor(ObserverServices services, IOptions<ShutdownOptions> shutdown, ILogger<Supervisor> logger) : BackgroundService
{
    /// <summary>How long a round waits for news when rooms are shared with other replicas.</summary>
    public static readonly TimeSpan RoundEveryAmongOthers = TimeSpan.FromSeconds(2);

    /// <summary>So many rooms are claimed by one statement.</summary>
    public const int ClaimAtOnce = 500;

    /// <summary>
    /// A round begins so long after the one before at the earliest: what is registered in between shares it. On the
    /// machine's own clock, as the store's waits for company.
    /// </summary>
    public static readonly TimeSpan RoundsApart = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan RoundEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookForSuccessorsEvery = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, RunningObserver> _running = new(StringComparer.Ordinal);
    private readonly FairShare _share = new(services.Time);
    private readonly CancellationTokenSource _abandon = new(Timeout.InfiniteTimeSpan, services.Time);
    private OutgoingRooms? _outgoing;
    private IncomingRooms? _incoming;
    private long? _renewedAt;
    private long _toldIntent;
    private bool _hasChanged;
    private bool _hasRetried;

    /// <summary>Identity of this replica among the owners of rooms.</summary>
    public string Owner { get; } = $"{Environment.MachineName}-{Guid.NewGuid().ToString("N")[..8]}";

    private TimeSpan LeaseNow => services.Store.IsExclusive ? Timeout.InfiniteTimeSpan : services.Store.Lease.Duration;

    /// <summary>The observers that run now.</summary>
    public IEnumerable<RoomObserver> Observers => _running.Where(running => !running.Value.Task.IsCompleted).Select(running => running.Value.Observer);

    /// <summary>How the rooms are spread.</summary>
    public ReplicaView Replicas { get; } = new(services.Time);

    /// <summary>The observer of a room; null when none runs here.</summary>
    public RoomObserver? Find(string roomId) => _running.TryGetValue(roomId, out var running) && !running.Task.IsCompleted ? running.Observer : null;

    /// <summary>Whether it makes progress.</summary>
    public SupervisorProgress Progress { get; } = new(services.Time, services.Store);

    public override void Dispose()
    {
        _abandon.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (services.Store.Replicas is { } replicas)
            replicas.Handshakes = () => services.Accounts.Handshakes;
        try
        {
            await services.Store.BeginLeaseAsync(Owner, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }

        if (services.Store.Handovers is { } handovers)
            (_outgoing, _incoming) = (new OutgoingRooms(services, handovers, Owner, logger), new IncomingRooms(services, handovers, Owner, logger));
        await Rounds.RunAsync(ReconcileAsync, logger.RoundFailed, TimeSpan.FromSeconds(1), services.Time, stoppingToken);
        await LetGoAsync();
    }

    private async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        Progress.NoteRound();
        _hasChanged |= Forget();
        if (IsToRenew())
        {
            _renewedAt = services.Time.GetTimestamp();
            await RenewAsync(cancellationToken);
            _hasChanged = false;
        }

        if (!_hasRetried)
            await services.Store.RetrySetAsideAsync(cancellationToken);
        _hasRetried = true;
        await TellIntentAsync(cancellationToken);
        await StopUnwantedAsync(cancellationToken);
        await NotifyInboxesAsync(cancellationToken);
        await ClaimAsync(cancellationToken);
        _hasChanged |= await services.Store.Signals.Intent.WaitAsync(
            services.Store.Lease.IsShared ? RoundEveryAmongOthers : RoundEvery, services.Time, cancellationToken);
        if (RoundsApart - TimeProvider.System.GetElapsedTime(begun) is var early && early > TimeSpan.Zero)
            await Task.Delay(early, TimeProvider.System, cancellationToken);
    }

    /// <summary>Rooms that nobody else can take are looked through only when something may be different with them.</summary>
    private bool IsToRenew() =>
        (_renewedAt is null || services.Time.GetElapsedTime(_renewedAt.Value) >= RoundEvery) && (_hasChanged || !services.Store.IsExclusive);

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var held = (await services.Store.RenewLeasesAsync(Owner, LeaseNow, cancellationToken))
            .ToDictionary(room => room.RoomId, StringComparer.Ordinal);

        foreach (var (roomId, running) in _running)
        {
            var isHeld = held.TryGetValue(roomId, out var room) && room.Epoch == running.Observer.Epoch;
            if (!isHeld && !running.Task.IsCompleted)
                running.Observer.Stop(ObservationEnding.LeaseLost);
        }

        if (services.Store.Lease.IsShared)
            TellIntent(held.Values); // a change that committed late is passed over by its number

        // Leased, but without an observer: its observer found that the lease had expired and ended, before it was extended just now.
        foreach (var room in held.Values.Where(room => !IsRunning(room.RoomId) && _incoming?.IsComing(room.RoomId) != true))
        {
            logger.ReleasedUnobserved(room.RoomId);
            await services.Store.ReleaseRoomAsync(room.RoomId, Owner, room.Epoch, cancellationToken);
        }
    }

    /// <summary>Observers learn at once what else is wanted of their rooms. With another account's key, a room is observed anew.</summary>
    private async Task TellIntentAsync(CancellationToken cancellationToken)
    {
        var changed = await services.Store.ListChangedIntentAsync(Owner, _toldIntent, cancellationToken);
        foreach (var room in changed)
            _toldIntent = Math.Max(_toldIntent, room.Intent);
        TellIntent(changed);
    }

    private void TellIntent(IEnumerable<HeldRoom> rooms)
    {
        foreach (var room in rooms)
        {
            if (!_running.TryGetValue(room.RoomId, out var running) || running.Observer.Epoch != room.Epoch)
                continue;

            running.Observer.Intent.Learn(room.Intent, room.WaitUntil);
            if (!string.Equals(room.Account, running.Observer.Account, StringComparison.Ordinal))
                running.Observer.Stop(ObservationEnding.NotWanted);
        }
    }

    /// <summary>What was put into the inbox of a room goes to its observer; a room whose observer has ended is claimed again.</summary>
    private async Task NotifyInboxesAsync(CancellationToken cancellationToken)
    {
        foreach (var roomId in await services.Store.ListInboxRoomsAsync(Owner, cancellationToken))
        {
            if (IsRunning(roomId))
                _running[roomId].Observer.NotifyInbox();
            else if (_incoming?.IsComing(roomId) != true && await services.Store.FindRoomAsync(roomId, cancellationToken) is { } room)
                await services.Store.ReleaseRoomAsync(roomId, Owner, room.Epoch, cancellationToken);
        }
    }

    private bool IsRunning(string roomId) => _running.TryGetValue(roomId, out var running) && !running.Task.IsCompleted;

    private async Task StopUnwantedAsync(CancellationToken cancellationToken)
    {
        foreach (var roomId in await services.Store.ListUnwantedRoomsAsync(Owner, cancellationToken))
        {
            if (_running.TryGetValue(roomId, out var running))
                running.Observer.Stop(ObservationEnding.NotWanted);
        }
    }

    private async Task ClaimAsync(CancellationToken cancellationToken)
    {
        var share = await services.Store.ReadShareAsync(Owner, cancellationToken);
        var most = share is null ? int.MaxValue : _share.MayClaim(share.Value);
        if (share is not null)
        {
            Replicas.Note(share.Value);
            services.Accounts.ShareWith(share.Value);
            await HandOverAsync(share.Value, cancellationToken);
        }

        while (most > 0)
        {
            var atOnce = Math.Min(ClaimAtOnce, most);
            var claimed = await services.Store.ClaimRoomsAsync(Owner, LeaseNow, atOnce, cancellationToken);
            await StartAsync([.. claimed.Select(static room => (room, default(Succession)))], cancellationToken);
            if (claimed.Count < atOnce)
                break;

            // Claiming many takes a while. Who came meanwhile has a share of them, too.
            share = await services.Store.ReadShareAsync(Owner, cancellationToken);
            most = share is null ? int.MaxValue : _share.MayClaim(share.Value);
        }
    }

    /// <summary>Moves rooms to and from other replicas.</summary>
    private async Task HandOverAsync(ReplicaShare share, CancellationToken cancellationToken)
    {
        if (_outgoing is null || _incoming is null)
            return;

        await _outgoing.GiveAsync(cancellationToken);
        if (_outgoing.Count == 0)
            await GiveUpAsync(_outgoing, _share.Surplus(share), cancellationToken);
        if (FairShare.MayAccept(share, _incoming.Count) is > 0 and var most)
            await _incoming.AcceptAsync(Math.Min(most, ClaimAtOnce), cancellationToken);
        await StartAsync(await _incoming.TakeAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Gives up rooms: those that are observed it offers, the others have no gap when they are simply released.</summary>
    private async Task GiveUpAsync(OutgoingRooms outgoing, int count, CancellationToken cancellationToken)
    {
        if (count == 0)
            return;

        var given = _running.Values.Where(static running => !running.Task.IsCompleted)
            .OrderBy(static running => running.Observer.Vitals.Status == ObservationStatus.Observing)
            .Take(count)
            .ToList();
        await outgoing.OfferAsync(given.Where(static running => running.Observer.IsSettled), cancellationToken);
        var released = given.Where(static running => running.Observer.Vitals.Status != ObservationStatus.Observing).ToList();
        foreach (var running in released)
            running.Observer.Stop(ObservationEnding.ShuttingDown);
        foreach (var running in released)
        {
            await running.Task;
            await services.Store.ReleaseRoomAsync(running.Observer.RoomId, Owner, running.Observer.Epoch, cancellationToken);
        }

        if (released.Count > 0)
            logger.GaveUp(released.Count);
    }

    private async Task StartAsync(IReadOnlyList<(RoomRow Room, Succession? Succession)> rooms, CancellationToken cancellationToken)
    {
        var unreadable = new List<(RoomRow Room, UnreadableRoomException Problem)>();
        foreach (var (room, succession) in rooms)
        {
            try
            {
                Start(room, succession);
            }
            catch (UnreadableRoomException problem)
            {
                unreadable.Add((room, problem));
                if (succession is not null)
                    await succession.Incoming.DisposeAsync();
            }
        }

        foreach (var (room, problem) in unreadable)
            await SetAsideAsync(room, problem, cancellationToken);
    }

    /// <summary>All others are observed; this one waits for an operator.</summary>
    private async Task SetAsideAsync(RoomRow room, UnreadableRoomException problem, CancellationToken cancellationToken)
    {
        _hasChanged = true; // should this fail, the room is found to be leased without an observer
        logger.RoomSetAside(room.RoomId, problem.Part, problem);
        BridgeMetrics.NoteSetAside(problem.Part);
        await services.Store.SetAsideAsync(room, problem.Part, cancellationToken);
    }

    private void Start(RoomRow room, Succession? succession)
    {
        var former = _running.GetValueOrDefault(room.RoomId);
        former?.Observer.Stop(ObservationEnding.LeaseLost);

        var observer = new RoomObserver(services, room, Owner, _abandon.Token, succession);
        _running[room.RoomId] = new RunningObserver(observer, RunAsync(observer, former?.Task));
    }

    private async Task RunAsync(RoomObserver observer, Task? former)
    {
        try
        {
            await Task.Yield();
            if (former is not null)
                await former; // it has nothing left to write, but its socket may still be closing
            await observer.RunAsync();
        }
        catch (OperationCanceledException) when (_abandon.IsCancellationRequested)
        {
            // The process can wait no longer; the next one continues from what is on disk.
        }
#pragma warning disable CA1031 // one room's failure must not reach the others
        catch (Exception error)
        {
            logger.ObserverFailed(observer.RoomId, error);
            await GiveBackLaterAsync(observer);
        }
#pragma warning restore CA1031
        finally
        {
            observer.Dispose();
        }
    }

    private async Task GiveBackLaterAsync(RoomObserver observer)
    {
        try
        {
            await Task.Delay(RoundEvery, services.Time, _abandon.Token);
            await services.Store.ReleaseRoomAsync(observer.RoomId, Owner, observer.Epoch, _abandon.Token);
            services.Store.Signals.Intent.Set();
        }
        catch (OperationCanceledException)
        {
            // Stopping: the lease runs out by itself.
        }
    }

    /// <summary>True when there were observers that have ended.</summary>
    private bool Forget()
    {
        var any = false;
        foreach (var (roomId, running) in _running)
        {
            if (running.Task.IsCompleted)
                any |= _running.TryRemove(roomId, out _);
        }

        return any;
    }

    private async Task LetGoAsync()
    {
        _abandon.CancelAfter((_outgoing is null ? 0.25 : 0.35) * shutdown.Value.ShutdownTimeout);
        await HandOverAllAsync(0.2 * shutdown.Value.ShutdownTimeout);
        foreach (var running in _running.Values)
            running.Observer.Stop(ObservationEnding.ShuttingDown);

        await Task.WhenAll(_running.Values.Select(running => running.Task));
        await ReleaseAsync();
        logger.LetGo(_running.Count);
    }

    /// <summary>Hands over what others take within a time; what is left has a gap.</summary>
    private async Task HandOverAllAsync(TimeSpan within)
    {
        if (_outgoing is not { } outgoing || _incoming is not { } incoming || services.Store.Handovers is not { } handovers)
            return;

        try
        {
            await using (incoming)
                await incoming.LeaveAsync(_abandon.Token);
            await handovers.LeaveAsync(Owner, _abandon.Token);
            if (await services.Store.ReadShareAsync(Owner, _abandon.Token) is not { Replicas: > 0 })
                return;

            var begun = services.Time.GetTimestamp();
            await outgoing.OfferAsync(_running.Values, _abandon.Token);
            while (outgoing.Count > 0 && services.Time.GetElapsedTime(begun) < within)
            {
                if (await outgoing.GiveAsync(_abandon.Token) == 0)
                    await services.Store.Signals.Intent.WaitAsync(LookForSuccessorsEvery, services.Time, _abandon.Token);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or StoreException)
        {
            // They are released with a gap, or found by others when the lease ends.
        }
    }

    /// <summary>Others need not wait until this replica has published what is left: they observe meanwhile.</summary>
    private async Task ReleaseAsync()
    {
        if (services.Store.Lease.IsShared && services.Store.Health.IsWritable)
        {
            await services.Store.ReleaseRoomsAsync(Owner, _abandon.Token)
                .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
