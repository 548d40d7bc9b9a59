using EyesonBridge.Accounts;
using EyesonBridge.Observation;
using EyesonBridge.Pacing;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Bench.Scale;

/// <summary>
/// A replica without its sockets and statements: the rounds of the supervisor and of the heartbeat, around the policies that the
/// bridge itself decides with.
/// </summary>
internal sealed class SimulatedReplica
{
    private readonly SimulatedCluster _cluster;
    private readonly VirtualTime _time;
    private readonly SimulatedDatabase _database;
    private readonly ReplicaLease _lease;
    private readonly FairShare _share;
    private readonly AccountGate _accounts;
    private readonly AsyncSignal _intent = new();
    private readonly SimulatedWriter _writer;

    private long _askedAt;

    public SimulatedReplica(SimulatedCluster cluster, int number)
    {
        _cluster = cluster;
        _time = cluster.Time;
        _database = cluster.Database;
        _lease = ReplicaLease.Renewed(Replica.LeaseDuration, _time);
        _share = new FairShare(_time);
        _accounts = new AccountGate(
            new AccountKeys(Options.Create(new EyesonOptions())),
            Options.Create(new AccountPaceOptions { HandshakesPerSecond = cluster.Options.HandshakesPerSecond, HandshakeBurst = cluster.Options.HandshakeBurst }),
            _time,
            NullLogger<AccountGate>.Instance);
        _writer = new SimulatedWriter(_database, () => IsReaching);
        Name = $"replica {number}";
    }

    public string Name { get; }

    /// <summary>False once it was killed or has stopped.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>True while it does not reach the database.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>Until when others may not have its rooms, by the database's clock.</summary>
    public TimeSpan LeaseUntil { get; private set; } = TimeSpan.MinValue;

    /// <summary>The handshakes that it waits for or has made of late, as it has told with its last renewal.</summary>
    public int Handshakes { get; private set; }

    /// <summary>True while it reads its sockets and publishes.</summary>
    public bool MayAct => IsAlive && _lease.IsHeld;

    /// <summary>When it stops, or stopped, to act, unless it renews.</summary>
    public TimeSpan ActsUntil => TimeSpan.FromTicks(_askedAt) + _lease.Duration - ReplicaLease.Margin;

    private bool IsReaching => IsAlive && !IsCutOff;

    /// <summary>Begins to work, and goes on until it is killed or stopped.</summary>
    public void Start()
    {
        _ = _cluster.Watch(HeartbeatAsync());
        _ = _cluster.Watch(SuperviseAsync());
    }

    /// <summary>Ends in the middle of anything.</summary>
    public void Kill()
    {
        IsAlive = false;
        _cluster.NoteLost(this, _time.Now);
    }

    /// <summary>Ends in good order: gives up all that it holds.</summary>
    public async Task StopAsync()
    {
        _cluster.NoteLost(this, _time.Now);
        await _database.RunAsync(
            _database.Costs.Statement + (_cluster.Rooms.HeldBy(this).Count * _database.Costs.Write),
            () =>
            {
                foreach (var room in _cluster.Rooms.HeldBy(this).ToList())
                    _cluster.Rooms.Release(room, this);
            },
            () => IsReaching);
        IsAlive = false;
        LeaseUntil = _time.Now;
        _cluster.Tell(this);
    }

    /// <summary>Somebody changed what there is to claim.</summary>
    public void Hear() => _intent.Set();

    private async Task HeartbeatAsync()
    {
        while (IsAlive)
        {
            var askedAt = _time.GetTimestamp();
            var renewed = await _database.RunAsync(
                _database.Costs.Renewal,
                () => (LeaseUntil, Handshakes) = (_time.Now + _lease.Duration, _accounts.Handshakes),
                () => IsReaching);
            if (renewed && _time.GetElapsedTime(askedAt) < ReplicaHeartbeat.Patience)
            {
                _askedAt = askedAt;
                _lease.Renew(askedAt);
            }
            else
            {
                _lease.NoteTrouble();
            }

            await _time.DelayAsync(ReplicaHeartbeat.Every - _time.GetElapsedTime(askedAt));
        }
    }

    private async Task SuperviseAsync()
    {
        await _lease.WhenHeldAsync(CancellationToken.None);
        while (IsAlive)
        {
            var begun = _time.GetTimestamp();
            if (!await ReconcileAsync())
            {
                await _time.DelayAsync(TimeSpan.FromSeconds(1));
                continue;
            }

            await _intent.WaitAsync(Supervisor.RoundEveryAmongOthers, _time, CancellationToken.None);
            await _time.DelayAsync(Supervisor.RoundsApart - _time.GetElapsedTime(begun));
        }
    }

    /// <summary>One round of the supervisor; false when the database failed it.</summary>
    private async Task<bool> ReconcileAsync()
    {
        ReplicaShare share = default;
        if (!await _database.RunAsync(_database.Costs.Statement, static () => { }, () => IsReaching) || !await ReadShareAsync())
            return false;

        var most = _share.MayClaim(share);
        _accounts.ShareWith(share);
        if (!await GiveUpAsync(_share.Surplus(share)))
            return false;
        while (most > 0)
        {
            var atOnce = Math.Min(Supervisor.ClaimAtOnce, most);
            List<int> claimed = [];
            var mayTakeOver = _lease.IsSteady;
            var waiting = Math.Min(atOnce, (int)share.Free);
            if (!await _database.RunAsync(
                    _database.Costs.Statement + (waiting * _database.Costs.ClaimOfRoom),
                    () => claimed = _cluster.Claim(this, atOnce, mayTakeOver),
                    () => IsReaching))
            {
                return false;
            }

            foreach (var room in claimed)
                _ = _cluster.Watch(ObserveAsync(room, _cluster.Rooms.EpochOf(room)));
            if (claimed.Count < atOnce)
                break;
            if (!await ReadShareAsync())
                return false;
            most = _share.MayClaim(share);
        }

        return true;

        Task<bool> ReadShareAsync() => _database.RunAsync(
            _database.Costs.Statement + (_cluster.Rooms.Count * _database.Costs.ShareOfRoom),
            () => share = _cluster.ShareOf(this),
            () => IsReaching);
    }

    private async Task<bool> GiveUpAsync(int count)
    {
        // What is not observed goes first, as it has no gap by it.
        var given = _cluster.Rooms.HeldBy(this).OrderBy(_cluster.IsObserved).Take(count).ToList();
        foreach (var room in given)
            _cluster.NoteGivenUp(room);
        foreach (var room in given)
        {
            if (!await _database.RunAsync(_database.Costs.Statement, () => _cluster.Rooms.Release(room, this), () => IsReaching))
                return false;
            _cluster.Tell(this);
        }

        return true;
    }

    /// <summary>From the claim of a room until it is observed.</summary>
    private async Task ObserveAsync(int room, int epoch)
    {
        if (!await _writer.WriteAsync(2) || !Owns(room, epoch)) // that it was interrupted, and that it connects
            return;
        var waited = await _accounts.WaitForHandshakeAsync(_cluster.AccountOf(room), CancellationToken.None);
        if (!Owns(room, epoch))
            return;

        _cluster.NoteHandshake(waited);
        await _time.DelayAsync(_cluster.HandshakeTime());
        if (Owns(room, epoch) && MayAct && await _writer.WriteAsync(1) && Owns(room, epoch))
            _cluster.NoteObserved(room);
    }

    private bool Owns(int room, int epoch) => IsAlive && _cluster.Rooms.OwnerOf(room) == this && _cluster.Rooms.EpochOf(room) == epoch;
}
