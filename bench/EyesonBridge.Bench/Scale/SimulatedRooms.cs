namespace EyesonBridge.Bench.Scale;

/// <summary>The rooms as they are in the database: whose they are, with which epoch, and which nobody holds.</summary>
internal sealed class SimulatedRooms
{
    private readonly SimulatedReplica?[] _owners;
    private readonly int[] _epochs;
    private readonly int[] _places;
    private readonly Dictionary<SimulatedReplica, List<int>> _held = [];
    private readonly Queue<int> _free;

    public SimulatedRooms(int count)
    {
        _owners = new SimulatedReplica?[count];
        _epochs = new int[count];
        _places = new int[count];
        _free = new Queue<int>(Enumerable.Range(0, count));
    }

    public int Count => _owners.Length;

    public SimulatedReplica? OwnerOf(int room) => _owners[room];

    public int EpochOf(int room) => _epochs[room];

    public IReadOnlyList<int> HeldBy(SimulatedReplica replica) => _held.TryGetValue(replica, out var rooms) ? rooms : [];

    /// <summary>Rooms of nobody.</summary>
    public int Free => _free.Count;

    /// <summary>Rooms of replicas whose lease has ended, by the database's clock.</summary>
    public int Abandoned(TimeSpan now) => _held.Where(held => held.Key.LeaseUntil <= now).Sum(static held => held.Value.Count);

    /// <summary>Up to so many rooms for a replica: first those of nobody, then those of replicas that are gone.</summary>
    /// <returns>Each with the replica that had it.</returns>
    /// <exception cref="ScaleException">That one still acts.</exception>
    public List<(int Room, SimulatedReplica? Former)> Claim(SimulatedReplica replica, int limit, bool mayTakeOver, TimeSpan now)
    {
        var claimed = new List<(int Room, SimulatedReplica? Former)>();
        while (claimed.Count < limit && _free.TryDequeue(out var room))
            claimed.Add((room, null));
        if (mayTakeOver)
        {
            foreach (var (former, held) in _held.Where(held => held.Key.LeaseUntil <= now && held.Value.Count > 0 && held.Key != replica).ToList())
            {
                if (former.MayAct)
                    throw new ScaleException($"{former.Name} still acts at {now} on rooms that {replica.Name} takes.");
                while (claimed.Count < limit && held.Count > 0)
                {
                    var room = held[^1];
                    Remove(room);
                    claimed.Add((room, former));
                }
            }
        }

        foreach (var (room, _) in claimed)
            Add(room, replica);
        return claimed;
    }

    /// <summary>Gives a room up; nothing when it is another's by now.</summary>
    public void Release(int room, SimulatedReplica replica)
    {
        if (_owners[room] != replica)
            return;

        Remove(room);
        _free.Enqueue(room);
    }

    private void Add(int room, SimulatedReplica replica)
    {
        if (!_held.TryGetValue(replica, out var held))
            _held[replica] = held = [];
        _places[room] = held.Count;
        held.Add(room);
        _owners[room] = replica;
        _epochs[room]++;
    }

    private void Remove(int room)
    {
        var held = _held[_owners[room]!];
        var last = held[^1];
        held[_places[room]] = last;
        _places[last] = _places[room];
        held.RemoveAt(held.Count - 1);
        _owners[room] = null;
    }
}
