using EyesonBridge.Accounts;
using EyesonBridge.Bus;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Hosting;
using EyesonBridge.Observation;
using EyesonBridge.Observation.Room;
using EyesonBridge.Outbox;
using EyesonBridge.Simulator;
using EyesonBridge.Storage;
using EyesonBridge.Telemetry;
using EyesonBridge.Testing;
using EyesonBridge.Tests.Bus;
using EyesonBridge.Tests.Logging;
using EyesonBridge.Tests.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EyesonBridge.Tests.Observation;

/// <summary>
/// Observation as the worker puts it together, between a simulated Eyeson and a real file; nobody publishes. It can be
/// stopped and started again as a process can. Sockets and Eyeson have the system's clock, the bridge has the given one.
/// </summary>
internal sealed class ObservationBench : IAsyncDisposable
{
    public const string Key = "demo-key";

    /// <summary>For a test as a whole, in milliseconds; it takes a second or two where nobody else works.</summary>
    public const int Timeout = 120_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CommitSignal _committed = new();
    private readonly SqliteFixture _files = new();
    private readonly TimeProvider _time;
    private EyesonSimulator? _eyeson;
    private FaultyStore? _store;
    private ServiceProvider? _services;
    private Supervisor? _supervisor;
    private bool _isRestart;

    private ObservationBench(TimeProvider time)
    {
        _time = time;
        EyesonOptions.Accounts["default"] = Account;
    }

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public EyesonSimulator Eyeson => _eyeson!;

    public FaultyStore Store => _store!;

    public Supervisor Supervisor => _supervisor!;

    public AccountGate Accounts => Services.GetRequiredService<AccountGate>();

    /// <summary>All that the bridge logs.</summary>
    public LogRecorder Log { get; } = new();

    public OutboxOptions Outbox { get; } = new();

    public ObserverOptions Options { get; } = new()
    {
        ConnectTimeout = Patience,
        WelcomeTimeout = Patience,
        ConfirmTimeout = Patience,
        SilenceTimeout = 10 * Patience, // a busy machine is no reason for a gap
        ReconnectWithin = TimeSpan.FromMilliseconds(50),
        ReconnectWithinAtMost = TimeSpan.FromMilliseconds(200),
    };

    public AccountPaceOptions Pace { get; } = new() { CallsPerSecond = 1_000 };

    public EyesonOptions EyesonOptions { get; } = new();

    public AccountOptions Account { get; } = new() { ApiKey = Key };

    /// <summary>What opens sockets, on the bridge's clock; null opens real ones, on the system's.</summary>
    public ICableTransport? Transport { get; set; }

    /// <summary>What the bridge is made of; it goes when the bridge is stopped.</summary>
    public IServiceProvider Services => _services ??= Compose();

    /// <summary>Starts Eyeson and opens the store; <see cref="StartAsync"/> starts the bridge.</summary>
    /// <param name="time">The clock of the bridge; null takes the system's.</param>
    /// <param name="simulator">Settings of the simulated Eyeson.</param>
    public static async Task<ObservationBench> CreateAsync(TimeProvider? time = null, SimulatorOptions? simulator = null)
    {
        var bench = new ObservationBench(time ?? TimeProvider.System);
        bench._eyeson = await EyesonSimulator.StartAsync(simulator ?? new SimulatorOptions(), Cancelled);
        bench.EyesonOptions.Url = bench.Eyeson.Url.ToString();
        bench._store = await bench.OpenAsync();
        return bench;
    }

    /// <summary>Starts Eyeson and the bridge.</summary>
    public static async Task<ObservationBench> CreateStartedAsync(TimeProvider? time = null)
    {
        var bench = await CreateAsync(time);
        await bench.StartAsync();
        return bench;
    }

    /// <summary>A manual clock that begins now, as Eyeson's clock is the system's.</summary>
    public static ManualTimeProvider ManualTime() => new(TimeProvider.System.GetUtcNow());

    /// <summary>Starts a bridge that observes one room whose meeting runs.</summary>
    public async Task<SimulatedRoom> ObserveAsync(string room = "room")
    {
        var meeting = Eyeson.CreateRoom(room);
        if (_supervisor is null)
            await StartAsync();
        await RegisterAsync(room);
        await WhenAsync<RoomStateReported>(room);
        return meeting;
    }

    /// <summary>Starts the bridge. When it ran before, its store is closed and opened first, as the next process does.</summary>
    public async Task StartAsync()
    {
        if (_isRestart)
        {
            await Store.DisposeAsync();
            _store = await OpenAsync();
        }

        _isRestart = true;
        _supervisor = Services.GetRequiredService<Supervisor>();
        await _supervisor.StartAsync(Cancelled);
    }

    /// <summary>Ends the bridge, as a process does that ends in order. What it left in its store can still be looked at.</summary>
    public async Task StopAsync()
    {
        if (_supervisor is not null)
            await _supervisor.StopAsync(CancellationToken.None);
        if (_services is not null)
            await _services.DisposeAsync();
        (_supervisor, _services) = (null, null);
    }

    /// <summary>A connection of the room that the journal is of, as if its socket stood.</summary>
    public RoomConnection Connection(RoomJournal journal) => new(
        journal,
        Services.GetRequiredService<ObserverServices>(),
        "a-key",
        awaitsHistory: false,
        new ConnectSpan(journal.RoomId, journal.Account, new Uri("http://localhost"), _time.GetUtcNow(), Reason: null),
        CancellationToken.None);

    public Task<RegistrationResult> RegisterAsync(string room = "room", DateTimeOffset? waitUntil = null) =>
        Store.RegisterRoomAsync(new RoomRegistration(room, "default", IntentSources.Command, waitUntil, _time.GetUtcNow()), Cancelled);

    public Task<bool> UnregisterAsync(string room = "room") => Store.UnregisterRoomAsync(room, IntentSources.Command, Cancelled);

    public async Task<RoomRow> FindAsync(string room = "room") =>
        await Store.FindRoomAsync(room, Cancelled) ?? throw new InvalidOperationException("No such room.");

    /// <summary>What consumers of the room will get.</summary>
    public async Task<IReadOnlyList<RoomEvent>> EventsAsync(string room = "room") =>
    [
        .. (await Store.ReadOutboxAsync(0, int.MaxValue, long.MaxValue, Cancelled))
            .Where(entry => string.Equals(entry.RoomId, room, StringComparison.Ordinal))
            .Select(entry => EventEnvelope.Read(entry)),
    ];

    /// <summary>Waits until so many events of a type are in the outbox, and gives the last of them.</summary>
    public async Task<TEvent> WhenAsync<TEvent>(string room = "room", int count = 1)
        where TEvent : RoomEvent
    {
        while (true)
        {
            var events = await EventsAsync(room);
            var found = events.OfType<TEvent>().ToList();
            if (found.Count >= count)
                return found[count - 1];

            try
            {
                await _committed.Signal.WaitAsync(Cancelled).WaitAsync(Patience, TimeProvider.System, Cancelled);
            }
            catch (TimeoutException)
            {
                Assert.Fail($"No {typeof(TEvent).Name} ({count}) within {Patience} after {string.Join(", ", events.Select(happened => happened.GetType().Name))}.");
            }
        }
    }

    /// <summary>Loses the room's socket and keeps it from coming back, does something meanwhile, and lets it come back.</summary>
    public async Task<ObservationResumed> InGapAsync(SimulatedRoom meeting, Action happens, int gaps = 1)
    {
        meeting.Faults.RefuseUpgradeWith = 503;
        meeting.Drop(DropKind.Rst);
        await WhenAsync<ObservationInterrupted>(meeting.Id, gaps);
        happens();
        meeting.Faults.RefuseUpgradeWith = null;
        return await WhenAsync<ObservationResumed>(meeting.Id, gaps);
    }

    /// <summary>Checks what holds for every room: numbered without a hole, nothing said twice, nothing failed.</summary>
    public async Task AssertSoundAsync(string room = "room")
    {
        var events = await EventsAsync(room);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(happened => happened.Sequence));
        Assert.Distinct(events.Select(happened => happened.EventId));
        Assert.Empty(Log.Entries(3008).Concat(Log.Entries(3009)).Concat(Log.Entries(3018)).Select(entry => entry.Exception));
    }

    /// <summary>Where the store is.</summary>
    public string ConnectionString => $"Data Source={_files.Path}";

    /// <summary>Runs SQL behind the store's back.</summary>
    public void Execute(string sql) => _files.Execute(sql);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_store is not null)
            await _store.DisposeAsync();
        if (_eyeson is not null)
            await _eyeson.DisposeAsync();
        Log.Dispose();
        _files.Dispose();
    }

    private async Task<FaultyStore> OpenAsync()
    {
        var store = await _files.OpenAsync();
        await store.HandOverAsync(_committed, Cancelled);
        return new FaultyStore(store);
    }

    private ServiceProvider Compose()
    {
        var services = new ServiceCollection();
        services.AddSingleton(_time);
        services.AddSingleton<ILoggerFactory>(Log);
        services.AddSingleton<IBridgeStore>(Store);
        services.AddSingleton(provider => Transport is { } transport
            ? new CableClient(provider.GetRequiredService<CableOptions>(), _time, transport)
            : new CableClient(provider.GetRequiredService<CableOptions>()));
        services.AddBridgeOptions(new ConfigurationBuilder().Build());
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(EyesonOptions));
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(Options));
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(Pace));
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(Outbox));
        services.AddSingleton(Envelopes.Writer);
        services.AddBridgeObservation();
        return services.BuildServiceProvider();
    }
}
