using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Observation.Gaps;
using EyesonBridge.Observation.Room;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Observation.Handover;

/// <summary>
/// The connection to a room that another replica still observes: keeps what it hears, until the room is handed over. What is
/// more than it may keep stays in the socket.
/// </summary>
internal sealed class IncomingRoom : ICableListener, IAsyncDisposable
{
    private static readonly CableEnding NotConnected = new() { Kind = CableEndingKind.Stopped, Detail = "It was not connected." };

    private readonly ObserverServices _services;
    private readonly Action _readied;
    private readonly List<HeldMessage> _held = [];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ConnectSpan _span;
    private RoomConnection? _connection;
    private FrameRepeats? _repeats;
    private long _heldBytes;
    private long _subscribedAt; // 0 while it is not
    private bool _hasState;
    private bool _isOver;

    /// <summary>Begins to connect.</summary>
    /// <param name="services">What all observers share.</param>
    /// <param name="roomId">The room.</param>
    /// <param name="account">Account whose key observes it.</param>
    /// <param name="readied">Called once the room is heard.</param>
    public IncomingRoom(ObserverServices services, string roomId, string account, Action readied)
    {
        _services = services;
        _readied = readied;
        (RoomId, Account) = (roomId, account);
        Running = Task.Run(ConnectAsync);
    }

    public string RoomId { get; }

    public string Account { get; }

    /// <summary>The key that the connection is opened with.</summary>
    public string ApiKey { get; private set; } = "";

    /// <summary>Runs until the connection ends, or there is none to be had.</summary>
    public Task<CableEnding> Running { get; }

    /// <summary>The attempt to connect.</summary>
    public ref readonly ConnectSpan Span => ref _span;

    /// <summary>True once everything that happens in the room is heard.</summary>
    public bool IsReady => Volatile.Read(ref _subscribedAt) != 0 && Volatile.Read(ref _hasState);

    /// <summary>Closes the connection properly.</summary>
    public void Stop() => _ = _stopping.CancelAsync();

    /// <summary>Hands everything on to the room, first what is kept; without what its former owner heard.</summary>
    /// <param name="connection">Takes it from now on.</param>
    /// <param name="heard">What the former owner heard.</param>
    /// <param name="ago">How long ago it told that.</param>
    /// <returns>Why it is not certain that nothing was missed in between, in which case nothing was handed on; null when it is.</returns>
    public async Task<string?> AttachAsync(RoomConnection connection, ReadOnlyMemory<byte> heard, TimeSpan ago)
    {
        await _turn.WaitAsync();
        try
        {
            if (!IsReady || Running.IsCompleted)
                return "its connection has ended";

            var marks = _held.ConvertAll(held => (held.Mark, Since(held.HeardAt)));
            if (FrameRepeats.Find(heard.Span, ago, Since(_subscribedAt), marks, _services.Time) is not { } repeats)
                return "the former owner was behind, or was sent something else";

            (_connection, _repeats) = (connection, repeats);
            foreach (var held in _held)
            {
                if (!_isOver && !repeats.TryTake(held.Mark))
                    _isOver = await HandOnAsync(held.Message, held.IsMessage) == CableNext.Stop;
            }

            _held.Clear();
            if (_isOver)
                Stop();
            return null;
        }
        finally
        {
            _attached.TrySetResult();
            _turn.Release();
        }
    }

    public ValueTask OnWelcomeAsync(CableWelcome welcome)
    {
        _services.Accounts.NoteAccepted(Account, ApiKey);
        return ValueTask.CompletedTask;
    }

    public ValueTask OnSubscribedAsync()
    {
        ObservationSpans.WriteConnect(_span, _services.Time.GetUtcNow(), errorType: null, detail: null);
        Volatile.Write(ref _subscribedAt, Math.Max(1, _services.Time.GetTimestamp()));
        if (IsReady)
            _readied();
        return ValueTask.CompletedTask;
    }

    public ValueTask<CableNext> OnMessageAsync(CableMessage message) => HearAsync(message, FrameMark.Of(message), isMessage: true);

    public ValueTask<CableNext> OnUnreadableAsync(ReadOnlyMemory<byte> frame)
    {
        var now = _services.Time.GetUtcNow();
        return HearAsync(new CableMessage(frame, StreamId: null, Epoch: null, Offset: null, now, now), FrameMark.Of(frame.Span), isMessage: false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await ((Task)Running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _turn.Dispose();
    }

    private async Task<CableEnding> ConnectAsync()
    {
        try
        {
            await _services.Accounts.WaitForHandshakeAsync(Account, _stopping.Token);
            if (_services.Keys.Find(Account) is not { } account || !_services.Keys.TryGetKey(account, out var key) || _services.Accounts.IsRefused(account, key))
                return NotConnected;

            ApiKey = key;
            _span = new ConnectSpan(RoomId, Account, _services.EyesonUrl, _services.Time.GetUtcNow(), Reason: null);
            var cable = _services.Cables.Connect(new CableTarget
            {
                Url = _span.Server,
                RoomId = RoomId,
                ApiKey = key,
                Authorization = _services.Eyeson.Authentication,
            });
            return await cable.RunAsync(this, _stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return NotConnected;
        }
    }

    private async ValueTask<CableNext> HearAsync(CableMessage message, ulong mark, bool isMessage)
    {
        await _turn.WaitAsync();
        try
        {
            if (_connection is not null)
                return await HandOnUnlessHeardAsync(message, mark, isMessage);

            if (!_hasState && isMessage && SubscriptionOpening.IsWholeState(ObserverEventReader.Read(message.Body), RoomId))
            {
                Volatile.Write(ref _hasState, true); // the former owner knows it, and what has changed since
                if (IsReady)
                    _readied();
                return CableNext.GoOn;
            }

            if (_held.Count < HistoryHold.AtMost && (_heldBytes += message.Body.Length) <= HistoryHold.AtMostBytes)
            {
                _held.Add(new HeldMessage(message with { Body = message.Body.ToArray() }, mark, isMessage, _services.Time.GetTimestamp()));
                return CableNext.GoOn;
            }
        }
        finally
        {
            _turn.Release();
        }

        await _attached.Task.WaitAsync(_stopping.Token);
        return await HandOnUnlessHeardAsync(message, mark, isMessage);
    }

    private async ValueTask<CableNext> HandOnUnlessHeardAsync(CableMessage message, ulong mark, bool isMessage)
    {
        if (_connection is null || _isOver || _repeats!.TryTake(mark))
            return _connection is null || _isOver ? CableNext.Stop : CableNext.GoOn;

        return await HandOnAsync(message, isMessage);
    }

    private ValueTask<CableNext> HandOnAsync(CableMessage message, bool isMessage) =>
        isMessage ? _connection!.OnMessageAsync(message) : _connection!.OnUnreadableAsync(message.Body);

    private TimeSpan Since(long at) => _services.Time.GetElapsedTime(at);
}
