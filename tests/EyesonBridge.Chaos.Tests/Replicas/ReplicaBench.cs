using EyesonBridge.Chaos.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.Network;
using EyesonBridge.Testing.Postgres;
using EyesonBridge.Testing.Processes;
using Npgsql;

namespace EyesonBridge.Chaos.Tests.Replicas;

/// <summary>Replicas that share a database, a simulator, and a consumer's queue. One of them reaches the database over a network that can be cut.</summary>
internal sealed class ReplicaBench : IStormBench, IAsyncDisposable
{
    private readonly WorkerEnvironment _environment;
    private readonly EyesonSimulator _simulator;
    private readonly BridgeProcess?[] _workers;
    private string _direct = "";
    private string _relayed = "";

    private ReplicaBench(Uri broker, EyesonSimulator simulator, PostgresServer database, int replicas)
    {
        _environment = new WorkerEnvironment(simulator.Url, Bench.ApiKey, broker);
        _simulator = simulator;
        _workers = new BridgeProcess?[replicas];
        Database = database;
        Queue = new EventQueue(broker);
        var settings = _environment.Settings;
        settings["Store__Provider"] = "Postgres";
        settings["Bus__PublishTimeout"] = "00:00:02";
        settings["Observer__SilenceTimeout"] = "00:00:04";
        settings["Observer__ReconnectWithin"] = "00:00:00.1";
        settings["Observer__ReconnectWithinAtMost"] = "00:00:00.5";
        settings["Observer__CallsPerSecond"] = "200";
    }

    public PostgresServer Database { get; }

    /// <summary>The network between the first replica and the database.</summary>
    public TcpRelay Relay { get; private set; } = null!;

    public EventQueue Queue { get; }

    public List<string> Printed { get; } = [];

    /// <summary>The replicas that run.</summary>
    public IEnumerable<BridgeProcess> Workers => _workers.OfType<BridgeProcess>();

    /// <summary>Starts a database and replicas; all are ready when this completes.</summary>
    public static async Task<ReplicaBench> SetUpAsync(Uri broker, int replicas, CancellationToken cancellationToken)
    {
        var simulator = await EyesonSimulator.StartAsync(
            new SimulatorOptions { ApiKeys = [Bench.ApiKey], PingInterval = TimeSpan.FromSeconds(1) }, cancellationToken);
        var bench = new ReplicaBench(broker, simulator, await PostgresServer.StartPrivateAsync(cancellationToken), replicas);
        try
        {
            await bench.StartAsync(cancellationToken);
            return bench;
        }
        catch
        {
            await bench.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts meetings that are observed when this completes.</summary>
    public async Task<IReadOnlyList<SimulatedRoom>> ObserveNewRoomsAsync(int count, CancellationToken cancellationToken)
    {
        List<SimulatedRoom> rooms = [.. Enumerable.Range(1, count).Select(number => _simulator.CreateRoom($"room-{number}"))];
        await using var control = await _environment.ConnectAsync(cancellationToken);
        foreach (var room in rooms)
            await control.ObserveAsync(room.Id, cancellationToken);
        foreach (var room in rooms)
            await room.WhenSubscribedAsync(1, cancellationToken);
        await WhenOnRecordAsync(count, cancellationToken);
        return rooms;
    }

    /// <summary>Ends a replica as a crash does, and starts another in its place.</summary>
    public async Task ReplaceKilledAsync(int index)
    {
        await _workers[index]!.KillAsync();
        await ForgetAsync(index);
        Start(index);
    }

    /// <summary>Asks a replica to end, and starts another in its place.</summary>
    public async Task ReplaceTerminatedAsync(int index)
    {
        await TerminateAsync(index);
        Start(index);
    }

    public async Task TerminateAsync()
    {
        for (var index = 0; index < _workers.Length; index++)
            await TerminateAsync(index);
    }

    /// <summary>Waits until the database has it that so many rooms are observed: whoever takes one over before that begins it, and misses nothing.</summary>
    private async Task WhenOnRecordAsync(int rooms, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_direct);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT count(*) FROM rooms WHERE status = 'observing'", connection);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        while (await command.ExecuteScalarAsync(cancellationToken) is long observed && observed < rooms)
            await tick.WaitForNextTickAsync(cancellationToken);
    }

    /// <summary>What the database has of rooms and replicas, for whoever looks for what went wrong.</summary>
    public async Task<string> DescribeAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_direct);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            SELECT concat_ws(' ', room_id, status, 'owner', owner, 'publisher', publisher, 'sequence', sequence, 'epoch', epoch, 'followed', followed,
                'aside', set_aside, 'waiting', (SELECT count(*) FROM outbox WHERE outbox.room_id = rooms.room_id),
                'inbox', (SELECT count(*) FROM inbox WHERE inbox.room_id = rooms.room_id), 'positions', positions) FROM rooms
            UNION ALL SELECT concat_ws(' ', 'replica', owner, lease_until - clock_timestamp(), 'leaving', leaving, 'handshakes', handshakes) FROM replicas
            UNION ALL SELECT concat_ws(' ', 'handover', room_id, owner, successor, is_ready, handed_at) FROM handovers
            """,
            connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var lines = new List<string>();
        while (await row.ReadAsync(cancellationToken))
            lines.Add(row.GetString(0));
        return string.Join(Environment.NewLine, lines);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in Workers)
            await worker.DisposeAsync();
        if (Relay is not null)
            await Relay.DisposeAsync();
        await Database.DisposeAsync();
        await _simulator.DisposeAsync();
        _environment.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await Queue.DeclareAsync(cancellationToken);
        _direct = await Database.CreateDatabaseAsync(cancellationToken);
        var relayed = new NpgsqlConnectionStringBuilder(_direct);
        Relay = new TcpRelay(relayed.Host!, relayed.Port);
        (relayed.Host, relayed.Port, relayed.SslMode) = ("127.0.0.1", Relay.Port, SslMode.Disable);
        _relayed = relayed.ConnectionString;
        for (var index = 0; index < _workers.Length; index++)
            Start(index);
        foreach (var worker in Workers)
            await worker.WhenReadyAsync(cancellationToken);
    }

    private void Start(int index)
    {
        _environment.Settings["Store__ConnectionString"] = index == 0 ? _relayed : _direct;
        _workers[index] = _environment.Start();
    }

    private async Task TerminateAsync(int index)
    {
        var worker = _workers[index]!;
        var code = await worker.TerminateAsync(Bench.StopWithin);
        Assert.True(code == 0, $"A replica ended with {code}.{Environment.NewLine}{worker.Transcript}");
        await ForgetAsync(index);
    }

    private async Task ForgetAsync(int index)
    {
        Printed.Add(_workers[index]!.Transcript);
        await _workers[index]!.DisposeAsync();
        _workers[index] = null;
    }
}
