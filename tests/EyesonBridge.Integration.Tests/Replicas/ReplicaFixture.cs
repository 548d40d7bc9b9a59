using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.Postgres;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;
using Npgsql;

namespace EyesonBridge.Integration.Tests.Replicas;

/// <summary>Workers that share a database and a control queue, a simulated Eyeson, and a consumer of all events.</summary>
internal sealed class ReplicaFixture : IAsyncDisposable
{
    public const string ApiKey = "replica-key";

    private readonly List<BridgeProcess> _replicas = [];
    private WorkerEnvironment _environment = null!;
    private string _connectionString = "";

    private ReplicaFixture()
    {
    }

    public PostgresServer Database { get; private set; } = null!;

    public EyesonSimulator Simulator { get; private set; } = null!;

    public EventCollector Events { get; private set; } = null!;

    public IReadOnlyList<SimulatedRoom> Rooms { get; private set; } = [];

    public IReadOnlyList<BridgeProcess> Replicas => _replicas;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Starts all, and waits until the rooms are observed.</summary>
    public static async Task<ReplicaFixture> StartAsync(
        RabbitMqFixture rabbit, int replicas, int rooms, IReadOnlyDictionary<string, string>? settings = null)
    {
        var fixture = new ReplicaFixture();
        try
        {
            await fixture.StartAsync(rabbit.Url, replicas, rooms, settings ?? new Dictionary<string, string>(StringComparer.Ordinal));
            return fixture;
        }
        catch
        {
            await fixture.DisposeAsync();
            throw;
        }
    }

    /// <summary>The owner of each room that has one.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OwnersAsync()
    {
        await using var connection = new NpgsqlConnection($"{_connectionString};Pooling=false");
        await connection.OpenAsync(Cancelled);
        await using var command = new NpgsqlCommand("SELECT room_id, owner FROM rooms WHERE owner IS NOT NULL", connection);
        await using var row = await command.ExecuteReaderAsync(Cancelled);
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await row.ReadAsync(Cancelled))
            owners.Add(row.GetString(0), row.GetString(1));
        return owners;
    }

    /// <summary>Starts one more, and waits until it is ready.</summary>
    public async Task<BridgeProcess> AddReplicaAsync()
    {
        var replica = _environment.Start();
        _replicas.Add(replica);
        await replica.WhenReadyAsync(Cancelled);
        return replica;
    }

    /// <summary>Who sends commands.</summary>
    public Task<ControlSender> ConnectAsync() => _environment.ConnectAsync(Cancelled);

    /// <summary>Lets somebody say something in each room.</summary>
    public void Chat(string text)
    {
        foreach (var room in Rooms)
            room.Chat(text, "u1");
    }

    /// <summary>Waits until every room has so many events of a type.</summary>
    public async Task WhenAllAsync(string type, int count)
    {
        foreach (var room in Rooms)
            await Events.WhenAsync(room.Id, type, Cancelled, count);
    }

    /// <summary>Ends all meetings, and checks that each was told whole, in order, without two stories of the same.</summary>
    public async Task AssertWholeAsync()
    {
        foreach (var room in Rooms)
            room.Shutdown();
        foreach (var room in Rooms)
        {
            var events = await Events.WhenAsync(room.Id, "ObservationEnded", Cancelled);
            var distinct = events.DistinctBy(happened => happened.Sequence).ToList();
            Assert.Equal(Enumerable.Range(1, distinct.Count).Select(number => (long)number), distinct.Select(happened => happened.Sequence));
            Assert.All(
                events.GroupBy(happened => happened.Sequence),
                repeats => Assert.Single(repeats.Select(happened => happened.Message.ToJsonString()).Distinct(StringComparer.Ordinal)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas)
            await replica.DisposeAsync();
        if (Events is not null)
            await Events.DisposeAsync();
        if (Simulator is not null)
            await Simulator.DisposeAsync();
        if (Database is not null)
            await Database.DisposeAsync();
        _environment?.Dispose();
    }

    private async Task StartAsync(Uri broker, int replicas, int rooms, IReadOnlyDictionary<string, string> settings)
    {
        Database = await PostgresServer.StartPrivateAsync(Cancelled);
        _connectionString = $"{await Database.CreateDatabaseAsync(Cancelled)};Command Timeout=2;Timeout=2";
        Simulator = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [ApiKey] }, Cancelled);
        Events = await EventCollector.StartAsync(broker, "IRoomEvent", Cancelled);
        _environment = new WorkerEnvironment(Simulator.Url, ApiKey, broker, "replicas");
        _environment.Settings["Store__Provider"] = "Postgres";
        _environment.Settings["Store__ConnectionString"] = _connectionString;
        foreach (var (name, value) in settings)
            _environment.Settings[name] = value;
        foreach (var replica in Enumerable.Range(0, replicas).Select(_ => _environment.Start()))
            _replicas.Add(replica);
        await Task.WhenAll(_replicas.Select(replica => replica.WhenReadyAsync(Cancelled)));

        Rooms = [.. Enumerable.Range(0, rooms).Select(_ => Simulator.CreateRoom(RabbitMqServer.UniqueName("replica")))];
        await using var control = await _environment.ConnectAsync(Cancelled);
        foreach (var room in Rooms)
        {
            room.Join(new SimulatedUser("u1", "Ada"));
            await control.ObserveAsync(room.Id, Cancelled);
        }

        await WhenAllAsync("RoomStateReported", 1);
    }
}
