using System.Globalization;
using EyesonBridge.Storage;

namespace EyesonBridge.Bench.Scale;

/// <summary>All replicas, what they share, and what happens to the rooms.</summary>
internal sealed class SimulatedCluster
{
    private readonly Random _random;
    private readonly List<SimulatedReplica> _replicas = [];
    private readonly bool[] _isObserved;
    private readonly TimeSpan[] _lostAt;
    private readonly bool[] _isClaimAwaited;
    private readonly string[] _accounts;
    private int _number;
    private int _handshakesThisSecond;
    private TimeSpan _busyBefore;
    private Exception? _failure;

    public SimulatedCluster(ScaleOptions options)
    {
        Options = options;
        Database = new SimulatedDatabase(Time, options.Database);
        Rooms = new SimulatedRooms(options.Rooms);
        _random = new Random(options.Seed);
        _isObserved = new bool[options.Rooms];
        _lostAt = new TimeSpan[options.Rooms];
        _isClaimAwaited = new bool[options.Rooms];
        Array.Fill(_isClaimAwaited, value: true);
        _accounts = [.. Enumerable.Range(0, options.Accounts).Select(static account => account.ToString(CultureInfo.InvariantCulture))];
        Phase = new PhaseRecord("", TimeSpan.Zero);
    }

    public VirtualTime Time { get; } = new();

    public ScaleOptions Options { get; }

    public SimulatedDatabase Database { get; }

    public SimulatedRooms Rooms { get; }

    /// <summary>What is going on, and what is known of it.</summary>
    public PhaseRecord Phase { get; private set; }

    /// <summary>One for each second.</summary>
    public List<Sample> Samples { get; } = [];

    public IReadOnlyList<SimulatedReplica> Alive => [.. _replicas.Where(static replica => replica.IsAlive)];

    public int Observed { get; private set; }

    /// <summary>A new phase: what is recorded from here on is its own.</summary>
    public PhaseRecord Begin(string name) => Phase = new PhaseRecord(name, Time.Now);

    /// <summary>One more replica; it begins within the given time, at random.</summary>
    public async Task AddReplicaAsync(TimeSpan within)
    {
        await Time.DelayAsync(within * _random.NextDouble());
        var replica = new SimulatedReplica(this, ++_number);
        _replicas.Add(replica);
        replica.Start();
    }

    /// <summary>Replicas that are chosen by chance.</summary>
    public IReadOnlyList<SimulatedReplica> Choose(int count)
    {
        var alive = Alive.ToArray();
        _random.Shuffle(alive);
        return alive[..count];
    }

    public string AccountOf(int room) => _accounts[room % _accounts.Length];

    public TimeSpan HandshakeTime() => Options.Handshake.Least + (Options.Handshake.More * _random.NextDouble());

    public bool IsObserved(int room) => _isObserved[room];

    /// <summary>What the database answers when a replica asks how rooms are spread.</summary>
    public ReplicaShare ShareOf(SimulatedReplica replica) => new(
        _replicas.Count(other => other.LeaseUntil > Time.Now),
        Rooms.Count,
        Rooms.HeldBy(replica).Count,
        Rooms.Free + Rooms.Abandoned(Time.Now),
        Handshakes: replica.Handshakes,
        HandshakesOfAll: _replicas.Where(other => other.LeaseUntil > Time.Now).Sum(static other => (long)other.Handshakes));

    public List<int> Claim(SimulatedReplica replica, int limit, bool mayTakeOver)
    {
        var claimed = Rooms.Claim(replica, limit, mayTakeOver, Time.Now);
        foreach (var (room, former) in claimed)
        {
            if (former is { IsAlive: true })
                Lose(room, former.ActsUntil); // it reads nothing since then
            if (_isClaimAwaited[room])
                Phase.ClaimedAfter.Add(Time.Now - _lostAt[room]);
            _isClaimAwaited[room] = false;
        }

        return [.. claimed.Select(static claim => claim.Room)];
    }

    public void NoteLost(SimulatedReplica replica, TimeSpan at)
    {
        foreach (var room in Rooms.HeldBy(replica))
            Lose(room, at);
    }

    public void NoteGivenUp(int room)
    {
        Phase.GivenUp++;
        Lose(room, Time.Now);
    }

    public void NoteHandshake(TimeSpan waited)
    {
        _handshakesThisSecond++;
        Phase.Handshakes++;
        if (waited > Phase.LongestHandshakeWait)
            Phase.LongestHandshakeWait = waited;
    }

    public void NoteObserved(int room)
    {
        if (_isObserved[room])
            return;
        _isObserved[room] = true;
        Observed++;
        Phase.ObservedAfter.Add(Time.Now - _lostAt[room]);
    }

    /// <summary>The database tells all others that something has changed.</summary>
    public void Tell(SimulatedReplica sender)
    {
        foreach (var replica in _replicas.Where(replica => replica.IsAlive && replica != sender))
            replica.Hear();
    }

    /// <summary>What a replica does must not fail unseen.</summary>
    public async Task Watch(Task work)
    {
        try
        {
            await work;
        }
        catch (ScaleException failure)
        {
            _failure ??= failure;
        }
    }

    /// <summary>
    /// Looks at everything once a second, until what happens is over and it is settled: all observed and evenly spread for a
    /// while, or patience is over.
    /// </summary>
    public async Task SettleAsync(TimeSpan atLeast, Task happening)
    {
        var calm = 0;
        while (true)
        {
            await Time.DelayAsync(TimeSpan.FromSeconds(1));
            Look();
            if (_failure is not null)
                throw new ScaleException(_failure.Message, _failure);
            calm = happening.IsCompleted && Observed == Rooms.Count && Time.Now - Phase.Begun >= atLeast && IsEven() ? calm + 1 : 0;
            if (calm == 1)
                Phase.SettledAfter = Time.Now - Phase.Begun;
            if (calm >= 30)
                return;
            if (happening.IsCompleted && Time.Now - Phase.Begun > Options.Patience)
            {
                Phase.SettledAfter = null;
                return;
            }
        }
    }

    private bool IsEven()
    {
        var fair = (Rooms.Count + Alive.Count - 1) / Alive.Count;
        return Alive.All(replica => Rooms.HeldBy(replica).Count <= fair + Math.Max(2, fair / 5));
    }

    private void Look()
    {
        var held = Alive.Select(replica => Rooms.HeldBy(replica).Count).DefaultIfEmpty(0).ToList();
        var busy = Database.Busy - _busyBefore;
        _busyBefore = Database.Busy;
        var sample = new Sample(
            Time.Now, Alive.Count, Observed, _handshakesThisSecond, held.Min(), held.Max(), busy / TimeSpan.FromSeconds(1));
        Samples.Add(sample);
        Phase.MostHandshakes = Math.Max(Phase.MostHandshakes, _handshakesThisSecond);
        Phase.MostBusy = Math.Max(Phase.MostBusy, sample.Busy);
        (Phase.LeastHeld, Phase.MostHeld) = (sample.LeastHeld, sample.MostHeld);
        _handshakesThisSecond = 0;
    }

    private void Lose(int room, TimeSpan at)
    {
        if (_isObserved[room])
        {
            _isObserved[room] = false;
            Observed--;
            _lostAt[room] = at;
            Phase.Lost++;
        }

        _isClaimAwaited[room] = true;
    }
}
