using EyesonBridge.Accounts;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Hosting;
using EyesonBridge.Observation;
using EyesonBridge.Observation.Room;
using EyesonBridge.Outbox;
using EyesonBridge.Simulator;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using EyesonBridge.Testing;
using EyesonBridge.Tests.Logging;
using Microsoft.Extensions.Logging;

namespace EyesonBridge.Tests.Observation;

/// <summary>
/// A supervisor with its observers between a simulated Eyeson and a real file; nobody publishes. It can be stopped and
/// started again as a process can. Sockets and Eyeson have the system's clock, the bridge has the given one.
/// </summary>
internal sealed class GapFixture : IAsyncDisposable
{
    public const string Key = "demo-key";

    /// <summary>For a test as a whole, in milliseconds; it takes a second or two where nobody else works.</summary>
    public const int Timeout = 120_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly TimeProvider _time;
    private EyesonSimulator? _eyeson;
    private SqliteStore? _store;
    private CableClient? _cables;
    private Supervisor? _supervisor;

    private GapFixture(TimeProvider time) => _time = time;

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public EyesonSimulator Eyeson => _eyeson!;

    public SqliteStore Store => _store!;

    public AccountGate Accounts { get; private set; } = null!;

    public LogRecorder Log { get; } = new();

    public OutboxOptions Outbox { get; } = new();

    public ObserverOptions Options { get; } = new()
    {
        ReconnectWithin = TimeSpan.FromMilliseconds(50),
        ReconnectWithinAtMost = TimeSpan.FromMilliseconds(200),
    };

    public AccountPaceOptions Pace { get; } = new() { CallsPerSecond = 1_000 };

    public AccountOptions Account { get; } = new() { ApiKey = Key };

    /// <summary>Starts Eyeson and opens the store; <see cref="StartAsync"/> starts the bridge.</summary>
    public static async Task<GapFixture> CreateAsync(TimeProvider? time = null, SimulatorOptions? simulator = null)
    {
        var fixture = new GapFixture(time ?? TimeProvider.System);
        fixture._eyeson = await EyesonSimulator.StartAsync(simulator ?? new SimulatorOptions(), Cancelled);
        fixture._store = await fixture.OpenAsync();
        return fixture;
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

    public async Task StartAsync()
    {
        _store ??= await OpenAsync();
        var eyeson = new EyesonOptions { Url = Eyeson.Url.ToString() };
        eyeson.Accounts["default"] = Account;
        var eyesonOptions = Microsoft.Extensions.Options.Options.Create(eyeson);
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        var keys = new AccountKeys(eyesonOptions);
        _cables = new CableClient(new CableOptions
        {
            ConnectTimeout = Patience,
            WelcomeTimeout = Patience,
            ConfirmTimeout = Patience,
            SilenceTimeout = 10 * Patience, // a busy machine is no reason for a gap
            MaxFrameBytes = Options.MaxFrameBytes,
        });
        Accounts = new AccountGate(keys, Microsoft.Extensions.Options.Options.Create(Pace), _time, Log.CreateLogger<AccountGate>());
        var rest = new EyesonRest(_http, eyesonOptions, keys, Accounts, _time);
        var directory = new RoomDirectory(rest, _time, Log.CreateLogger<RoomDirectory>());
        var gate = new OutboxGate(_store, Microsoft.Extensions.Options.Options.Create(Outbox), _time);
        var services = new ObserverServices(
            _store, _cables, directory, rest, Accounts, keys, gate, eyesonOptions, options, _time, Log.CreateLogger<RoomObserver>());
        _supervisor = new Supervisor(services, Microsoft.Extensions.Options.Options.Create(new ShutdownOptions()), Log.CreateLogger<Supervisor>());
        await _supervisor.StartAsync(Cancelled);
    }

    /// <summary>Ends the bridge and closes its store, as a process does that ends in order.</summary>
    public async Task StopAsync()
    {
        if (_supervisor is not null)
        {
            await _supervisor.StopAsync(CancellationToken.None);
            _supervisor.Dispose();
            _cables!.Dispose();
            _supervisor = null;
        }

        if (_store is not null)
            await _store.DisposeAsync();
        _store = null;
    }

    public Task<RegistrationResult> RegisterAsync(string room = "room", DateTimeOffset? waitUntil = null) =>
        Store.RegisterRoomAsync(new RoomRegistration(room, "default", IntentSources.Command, waitUntil, _time.GetUtcNow()), Cancelled);

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
            var events = await EventsAsync(room);
            var found = events.OfType<TEvent>().ToList();
            if (found.Count >= count)
                return found[count - 1];

            try
            {
                await Store.Signals.Outbox.WaitAsync(Cancelled).WaitAsync(Patience, TimeProvider.System, Cancelled);
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

    /// <summary>Moves the clock, step by step, until something is so. In between what is under way gets on, as Eyeson answers in real time.</summary>
    public static Task PumpUntilAsync(ManualTimeProvider time, Func<bool> isSo, TimeSpan? step = null) =>
        PumpUntilAsync(time, () => Task.FromResult(isSo()), step);

    /// <inheritdoc cref="PumpUntilAsync(ManualTimeProvider, Func{bool}, TimeSpan?)"/>
    public static async Task PumpUntilAsync(ManualTimeProvider time, Func<Task<bool>> isSo, TimeSpan? step = null)
    {
        while (!await isSo())
        {
            Cancelled.ThrowIfCancellationRequested();
            time.Advance(step ?? TimeSpan.FromMilliseconds(50));
            for (var turn = 0; turn < 300; turn++)
                await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_eyeson is not null)
            await _eyeson.DisposeAsync();
        _http.Dispose();
        Log.Dispose();
        _folder.Dispose();
    }

    private Task<SqliteStore> OpenAsync() => SqliteStore.OpenAsync(
        $"Data Source={_folder.Combine("bridge.db")}", TimeProvider.System, Log.CreateLogger<SqliteStore>(), Cancelled);
}
