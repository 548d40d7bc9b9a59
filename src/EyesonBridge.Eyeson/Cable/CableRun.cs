using System.Net.WebSockets;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>One run of a connection: its socket, what it waits for, and how it ended.</summary>
internal sealed class CableRun : IAsyncDisposable
{
    private readonly CableTarget _target;
    private readonly CableOptions _options;
    private readonly TimeProvider _clock;
    private readonly CableDeadlines _deadlines;
    private readonly ClientWebSocket _socket;
    private readonly CableSender _sender;
    private readonly CancellationTokenSource _connecting = new();
    private readonly Lock _gate = new();
    private CableEnding? _verdict;
    private Task _closing = Task.CompletedTask;
    private ReadOnlyMemory<byte> _subscribe;
    private bool _open;
    private bool _ended;
    private bool _welcomed;
    private bool _subscribed;
    private DateTimeOffset? _lastFrameAt;
    private FrameReceiver? _receiver;

    public CableRun(CableTarget target, CableOptions options, TimeProvider clock)
    {
        _target = target;
        _options = options;
        _clock = clock;
        _deadlines = new CableDeadlines(options, clock);
        _socket = CableHandshake.NewSocket(target);
        _sender = new CableSender(_socket);
    }

    /// <summary>Since when nothing has come; null while the connection is not subscribed.</summary>
    public TimeSpan? SilentFor => _deadlines.SilentFor;

    public async Task<CableEnding> RunAsync(HttpMessageInvoker http, ICableListener listener)
    {
        var ending = await ConnectAsync(http) ?? await ListenAsync(listener);
        return Complete(ending);
    }

    /// <summary>The ending when the listener gave up because it was told to stop.</summary>
    public CableEnding Stopped() => Complete(CableEndings.Stopped);

    /// <summary>Does what is due. Called by the watchdog, beside the read.</summary>
    public void Sweep()
    {
        switch (_deadlines.Check())
        {
            case CableOverdue.Nothing:
                break;
            case CableOverdue.FirstConfirmation:
                _ = _sender.SendAsync(_subscribe);
                break;
            case CableOverdue.CloseAnswer:
                _socket.Abort();
                break;
            case var overdue:
                Abort(CableEndings.Overdue(overdue, _options));
                break;
        }
    }

    /// <summary>Ends the connection at once.</summary>
    public void Abort(CableEnding verdict)
    {
        lock (_gate)
        {
            _verdict ??= verdict;
            StopConnecting();
        }

        _socket.Abort();
    }

    /// <summary>Sends a close frame, once; the read goes on until the peer answers or the watchdog has had enough.</summary>
    public void Close(CableEnding verdict)
    {
        lock (_gate)
        {
            if (_verdict is not null)
                return;

            _verdict = verdict;
            StopConnecting();
            if (!_open)
                return;

            _deadlines.Enter(CablePhase.Closing);
            _closing = _sender.CloseAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
            _ended = true;

        _socket.Dispose();
        await _sender.EndAsync();
        _connecting.Dispose();
    }

    private CableEnding Complete(CableEnding ending) => ending with
    {
        Welcomed = _welcomed,
        Subscribed = _subscribed,
        LastFrameAt = _receiver?.CaughtUpAt < _lastFrameAt ? _receiver.CaughtUpAt : _lastFrameAt,
    };

    private void StopConnecting()
    {
        if (!_open && !_ended)
            _ = _connecting.CancelAsync();
    }

    private async Task<CableEnding?> ConnectAsync(HttpMessageInvoker http)
    {
        try
        {
            await _socket.ConnectAsync(_target.SocketUrl(), http, _connecting.Token);
        }
        catch (Exception e)
        {
            return Verdict() ?? CableHandshake.Failure(_socket, e);
        }

        _deadlines.Enter(CablePhase.AwaitingWelcome);
        lock (_gate)
        {
            _open = true;
            return _verdict;
        }
    }

    private async Task<CableEnding> ListenAsync(ICableListener listener)
    {
        var receiver = new FrameReceiver(_socket, _options.MaxFrameBytes, _deadlines, _clock);
        _receiver = receiver;
        try
        {
            return await ReadAsync(receiver, listener);
        }
        catch
        {
            // Only the listener throws. The second read hears nobody out any more; it waits for the close frame.
            Close(CableEndings.Stopped);
            await ReadAsync(receiver, listener);
            throw;
        }
        finally
        {
            receiver.Release();
        }
    }

    private async Task<CableEnding> ReadAsync(FrameReceiver receiver, ICableListener listener)
    {
        while (true)
        {
            ReceivedFrame frame;
            try
            {
                frame = await receiver.ReceiveAsync();
            }
            catch (Exception e)
            {
                return Verdict() ?? CableEndings.Failure(e);
            }

            if (frame.IsClose)
            {
                var code = _socket.CloseStatus;
                Close(CableEndings.Closed(code));
                await _closing;
                return Verdict()! with { CloseCode = (int?)code };
            }

            if (Verdict() is null)
                await HandleAsync(frame, listener); // what comes after we have begun to close is not heard

            receiver.Release();
        }
    }

    private async ValueTask HandleAsync(ReceivedFrame received, ICableListener listener)
    {
        var frame = received.IsCut ? default : CableFrameReader.Read(received.Bytes.Span);
        if (frame.Kind != CableFrameKind.Disconnect)
            _lastFrameAt = _clock.GetUtcNow(); // after a disconnect nothing is sent any more, however late it is read

        switch (frame.Kind)
        {
            case CableFrameKind.Welcome when !_welcomed:
                _welcomed = true;
                await TellAsync(listener.OnWelcomeAsync, new CableWelcome(frame.Sid, frame.Restored));
                _subscribe = CableCommands.Subscribe(_target.History);
                _deadlines.Enter(CablePhase.AwaitingConfirmation);
                await _sender.SendAsync(_subscribe);
                break;
            case CableFrameKind.Confirmation when _welcomed && !_subscribed:
                _subscribed = true;
                _deadlines.Enter(CablePhase.Subscribed);
                await TellAsync(static l => l.OnSubscribedAsync(), listener);
                break;
            case CableFrameKind.Message:
                await TellAsync(listener.OnMessageAsync, ToMessage(frame, received.Bytes));
                break;
            case CableFrameKind.HistoryConfirmation or CableFrameKind.HistoryRejection:
                await TellAsync(listener.OnHistoryAsync, frame.Kind == CableFrameKind.HistoryConfirmation);
                break;
            case CableFrameKind.Rejection when !_subscribed:
                Close(CableEndings.Rejected);
                break;
            case CableFrameKind.Disconnect:
                Close(CableEndings.Disconnected(frame.Reason, frame.Reconnect));
                break;
            case CableFrameKind.Unreadable:
                await TellAsync(listener.OnUnreadableAsync, received.Bytes);
                break;
            case CableFrameKind.Irrelevant:
                await TellAsync(static l => l.OnIgnoredAsync(), listener);
                break;
        }
    }

    private CableMessage ToMessage(in CableFrame frame, ReadOnlyMemory<byte> bytes)
    {
        var now = _clock.GetUtcNow();
        return new(bytes[frame.Body], frame.StreamId, frame.Epoch, frame.Offset, now, _receiver?.CaughtUpAt ?? now);
    }

    private async ValueTask TellAsync<T>(Func<T, ValueTask> tell, T what)
    {
        _deadlines.ListenerEntered();
        try
        {
            await tell(what);
        }
        finally
        {
            _deadlines.ListenerLeft();
        }
    }

    private CableEnding? Verdict()
    {
        lock (_gate)
            return _verdict;
    }
}
