using EyesonBridge.Accounts;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Hosting;
using EyesonBridge.Observation;
using EyesonBridge.Observation.Room;
using EyesonBridge.Outbox;
using EyesonBridge.Simulator;
using EyesonBridge.Storage;
using EyesonBridge.Tests.Logging;
using EyesonBridge.Tests.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.Tests.Observation;

/// <summary>A supervisor with its observers between a simulated Eyeson and a real store; nobody publishes.</summary>
internal sealed class ObservationFixture : IAsyncDisposable
{
    public const string Key = "demo-key";

    private readonly SqliteFixture _files = new();
    private readonly HttpClient _http = new();
    private readonly TimeProvider _time;
    private EyesonSimulator? _eyeson;
    private FaultyStore? _store;
    private CableClient? _cables;
    private Supervisor? _supervisor;

    private ObservationFixture(TimeProvider time) => _time = time;

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public EyesonSimulator Eyeson => _eyeson!;

    public FaultyStore Store => _store!;

    public Supervisor Supervisor => _supervisor!;

    public LogRecorder<RoomObserver> Log { get; } = new();

    public LogRecorder<Supervisor> SupervisorLog { get; } = new();

    public ObserverOptions Options { get; } = new()
    {
        ReconnectWithin = TimeSpan.FromMilliseconds(50),
        ReconnectWithinAtMost = TimeSpan.FromMilliseconds(200),
        WaitInterval = TimeSpan.FromMilliseconds(100),
    };

    public EyesonOptions EyesonOptions { get; } = new();

    /// <param name="time">The clock of supervisor and observers; null takes the system's. Sockets and Eyeson have the system's.</param>
    /// <param name="start">False when the supervisor is to be started later.</param>
    public static async Task<ObservationFixture> CreateAsync(TimeProvider? time = null, bool start = true)
    {
        var fixture = new ObservationFixture(time ?? TimeProvider.System);
        fixture._eyeson = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [Key] }, Cancelled);
        fixture.EyesonOptions.Url = fixture.Eyeson.Url.ToString();
        fixture.EyesonOptions.Accounts["default"] = new AccountOptions { ApiKey = Key };
        fixture._store = new FaultyStore(await fixture._files.OpenAsync());
        if (start)
            await fixture.StartAsync();
        return fixture;
    }

    /// <summary>Starts a supervisor, as a process does that begins.</summary>
    public async Task StartAsync()
    {
        _cables = new CableClient(new CableOptions { SilenceTimeout = Options.SilenceTimeout });
        var eyeson = Microsoft.Extensions.Options.Options.Create(EyesonOptions);
        var observer = Microsoft.Extensions.Options.Options.Create(Options);
        var shutdown = Microsoft.Extensions.Options.Options.Create(new ShutdownOptions());
        var keys = new AccountKeys(eyeson);
        var gate = new AccountGate(keys, Microsoft.Extensions.Options.Options.Create(new AccountPaceOptions()), TimeProvider.System, NullLogger<AccountGate>.Instance);
        var rest = new EyesonRest(_http, eyeson, keys, gate, TimeProvider.System);
        var directory = new RoomDirectory(rest, TimeProvider.System, NullLogger<RoomDirectory>.Instance);
        var outbox = new OutboxGate(Store, Microsoft.Extensions.Options.Options.Create(new OutboxOptions()), _time);
        var services = new ObserverServices(Store, _cables, directory, rest, gate, keys, outbox, eyeson, observer, _time, Log);
        _supervisor = new Supervisor(services, shutdown, SupervisorLog);
        await _supervisor.StartAsync(Cancelled);
    }

    /// <summary>Stops the supervisor, as a process does that ends in order.</summary>
    public async Task StopAsync()
    {
        if (_supervisor is null)
            return;

        await _supervisor.StopAsync(CancellationToken.None);
        _supervisor.Dispose();
        _cables!.Dispose();
        _supervisor = null;
    }

    public Task<RegistrationResult> RegisterAsync(string room = "room", DateTimeOffset? waitUntil = null) =>
        Store.RegisterRoomAsync(new RoomRegistration(room, "default", IntentSources.Command, waitUntil, _time.GetUtcNow()), Cancelled);

    public Task<bool> UnregisterAsync(string room = "room") => Store.UnregisterRoomAsync(room, IntentSources.Command, Cancelled);

    /// <summary>A meeting that runs and is observed.</summary>
    public async Task<SimulatedRoom> ObserveAsync(string room = "room")
    {
        var meeting = Eyeson.CreateRoom(room);
        await RegisterAsync(room);
        await WhenAsync<RoomStateReported>(room);
        return meeting;
    }

    public async Task<RoomRow> FindAsync(string room = "room") =>
        await Store.FindRoomAsync(room, Cancelled) ?? throw new InvalidOperationException("No such room.");

    /// <summary>What consumers of the room will get.</summary>
    public async Task<IReadOnlyList<RoomEvent>> EventsAsync(string room = "room") =>
    [
        .. (await Store.ReadOutboxAsync(0, int.MaxValue, long.MaxValue, Cancelled))
            .Where(entry => string.Equals(entry.RoomId, room, StringComparison.Ordinal))
            .Select(entry => EventSerializer.Read(entry.Type, entry.Payload)),
    ];

    /// <summary>Waits until so many events of a type are in the outbox, and gives the last of them.</summary>
    public async Task<TEvent> WhenAsync<TEvent>(string room = "room", int count = 1)
        where TEvent : RoomEvent
    {
        while (true)
        {
            var found = (await EventsAsync(room)).OfType<TEvent>().ToList();
            if (found.Count >= count)
                return found[count - 1];
            await Store.Signals.Outbox.WaitAsync(Cancelled);
        }
    }

    /// <summary>Runs SQL behind the store's back.</summary>
    public void Execute(string sql) => _files.Execute(sql);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_store is not null)
            await _store.DisposeAsync();
        if (_eyeson is not null)
            await _eyeson.DisposeAsync();
        _http.Dispose();
        _files.Dispose();
    }
}
