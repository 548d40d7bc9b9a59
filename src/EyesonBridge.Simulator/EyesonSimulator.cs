using System.Collections.Concurrent;
using System.Security.Cryptography;
using EyesonBridge.Simulator.Cable;

namespace EyesonBridge.Simulator;

/// <summary>
/// A stand-in for Eyeson: the observer socket and REST over real HTTP, driven from code or over <c>/simulator</c>.
/// </summary>
public sealed partial class EyesonSimulator : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<SimulatedRoom>> _rooms = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<CableSocket, SimulatedRoom> _sockets = new();
    private readonly ConcurrentDictionary<string, byte> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Task> _scripts = [];
    private readonly CancellationTokenSource _stopping = new();
    private WebApplication? _server;
    private Task _heartbeat = Task.CompletedTask;

    private EyesonSimulator(SimulatorOptions options)
    {
        Options = options;
        Sessions = new CableSessions(options.TimeProvider);
        Webhooks = new WebhookSender(options.TimeProvider);
        foreach (var key in options.ApiKeys)
            _keys[key] = 0;
    }

    /// <summary>Where it listens, for example <c>http://127.0.0.1:41234/</c>.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1");

    /// <summary>What goes wrong for every room.</summary>
    public SimulatorFaults Faults { get; } = new();

    /// <summary>What has been asked since the start.</summary>
    public SimulatorCounters Counters { get; } = new();

    /// <summary>All rooms, those whose meeting has ended included.</summary>
    public IReadOnlyCollection<SimulatedRoom> Rooms
    {
        get
        {
            lock (_gate)
                return [.. _rooms.Values.SelectMany(static meetings => meetings)];
        }
    }

    internal SimulatorOptions Options { get; }

    internal CableSessions Sessions { get; }

    /// <summary>Tells the lives of a server apart: offsets count from one in each.</summary>
    internal string Epoch { get; private set; } = NewEpoch();

    internal MeetingIndex Index { get; } = new();

    internal IEnumerable<KeyValuePair<CableSocket, SimulatedRoom>> Sockets => _sockets;

    /// <summary>Starts to listen.</summary>
    /// <exception cref="IOException">The address is in use.</exception>
    public static async Task<EyesonSimulator> StartAsync(SimulatorOptions? options = null, CancellationToken ct = default)
    {
        options ??= new SimulatorOptions();
        if (options.ApiKeys.Count == 0)
            throw new ArgumentException("At least one API key is needed.", nameof(options));

        var simulator = new EyesonSimulator(options);
        simulator._server = SimulatorServer.Build(simulator);
        await simulator._server.StartAsync(ct);
        simulator.Url = new Uri(simulator._server.Urls.First());
        simulator._heartbeat = Heartbeat.RunAsync(simulator, simulator._stopping.Token);
        return simulator;
    }

    /// <summary>Starts a meeting. An id may be used again once the meeting before has ended.</summary>
    /// <param name="roomId">The room id.</param>
    /// <param name="name">The room's name; the id when null.</param>
    /// <param name="startedAt">When it started; now when null.</param>
    /// <param name="apiKey">The key it belongs to; the first of the accepted ones when null.</param>
    /// <exception cref="InvalidOperationException">A meeting with this id is running.</exception>
    public SimulatedRoom CreateRoom(string roomId, string? name = null, DateTimeOffset? startedAt = null, string? apiKey = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(roomId);
        return Add(new SimulatedRoom(
            this, roomId, name ?? roomId, startedAt ?? Options.TimeProvider.GetUtcNow(), apiKey ?? Options.ApiKeys[0]));
    }

    /// <summary>The meeting that runs in the room, or the last one that did; null when there was none.</summary>
    public SimulatedRoom? FindRoom(string roomId)
    {
        lock (_gate)
            return _rooms.TryGetValue(roomId, out var meetings) ? meetings[^1] : null;
    }

    /// <summary>Accepts a further API key from now on.</summary>
    public void AcceptKey(string apiKey) => _keys[apiKey] = 0;

    /// <summary>Refuses an API key from now on. Open sockets stay.</summary>
    public void RefuseKey(string apiKey) => _keys.TryRemove(apiKey, out _);

    /// <summary>Loses the sockets of all rooms.</summary>
    /// <returns>How many there were.</returns>
    public int Drop(DropKind kind) => Rooms.Sum(room => room.Drop(kind));

    /// <summary>Sends <c>disconnect</c> to all observers and closes, for example with <c>server_restart</c> and true.</summary>
    /// <returns>How many there were.</returns>
    public int Disconnect(string reason, bool reconnect) => Rooms.Sum(room => room.Disconnect(reason, reconnect));

    /// <summary>Forgets the histories and sessions of the extended protocol, as a server does that starts anew.</summary>
    public void Forget()
    {
        Epoch = NewEpoch();
        Sessions.Clear();
        foreach (var room in Rooms)
            room.ForgetStream();
    }

    /// <summary>Says <c>server_restart</c> to all observers and stops listening.</summary>
    public async Task StopAsync()
    {
        if (_stopping.IsCancellationRequested || _server is null)
            return;

        Disconnect("server_restart", reconnect: true);
        await _stopping.CancelAsync();
        using var patience = new CancellationTokenSource(Farewell, TimeProvider.System);
        await _server.StopAsync(patience.Token);
        await _heartbeat;
        await Webhooks.DisposeAsync();
        await Task.WhenAll(_scripts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        _stopping.Dispose();
    }

    /// <summary>Runs a scripted meeting in the background, until it ends or the simulator stops.</summary>
    internal void StartScript(SimulatedRoom room, ScriptedMeetingOptions options) =>
        _scripts.Add(ScriptedMeeting.RunAsync(room, options, _stopping.Token));

    private SimulatedRoom Add(SimulatedRoom room)
    {
        lock (_gate)
        {
            if (!_rooms.TryGetValue(room.Id, out var meetings))
                _rooms[room.Id] = meetings = [];
            if (meetings is [.., { Ended: false }])
                throw new InvalidOperationException($"A meeting is running in the room '{room.Id}'.");
            meetings.Add(room);
        }

        room.AnnounceState();
        return room;
    }

    private static string NewEpoch() => RandomNumberGenerator.GetHexString(8, lowercase: true);

    internal bool IsAccepted(string key) => _keys.ContainsKey(key);

    internal IReadOnlyList<SimulatedRoom> MeetingsOf(string roomId)
    {
        lock (_gate)
            return _rooms.TryGetValue(roomId, out var meetings) ? [.. meetings] : [];
    }

    internal void Enter(CableSocket socket, SimulatedRoom room) => _sockets[socket] = room;

    internal void Leave(CableSocket socket) => _sockets.TryRemove(socket, out _);
}
