using System.Net.WebSockets;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>One run of a connection: its socket, what it waits for, and how it ended.</summary>
internal sealed class CableRun : IAsyncDisposable
{
    private const int MostInARow = 128;

    private readonly CableTarget _target;
    private readonly CableOptions _options;
    private readonly TimeProvider _clock;
    private readonly CableDeadlines _deadlines;
    private readonly Lock _gate = new();
    private CancellationTokenSource? _connecting = new();
    private WebSocket? _socket;
    private CableSender? _sender;
    private CableEnding? _verdict;
    private Task _closing = Task.CompletedTask;
    private ReadOnlyMemory<byte> _subscribe;
    private bool _welcomed;
    private bool _subscribed;
    private bool _isHistoryAwaited;
    private DateTimeOffset? _lastFrameAt;
    private FrameReceiver? _receiver;

    public CableRun(CableTarget target, CableOptions options, TimeProvider clock)
    {
        _target = target;
        _options = options;
        _clock = clock;
        _deadlines = new CableDeadlines(options, clock);
        _isHistoryAwaited = target.History is not null;
    }

    /// <summary>Since when nothing has come; null while the connection is not subscribed.</summary>
    public TimeSpan? SilentFor => _deadlines.SilentFor;

    public async Task<CableEnding> RunAsync(ICableTransport transport, ICableListener listener)
    {
        var ending = await ConnectAsync(transport) ?? await ListenAsync(listener);
        return Complete(ending);
    }

    /// <summary>The ending when the listener gave up because it was told to stop.</summary>
    public CableEnding Stopped() => Complete(CableEndings.Stopped);

    /// <summary>Does what is due. Called by the watchdog, beside the read.</summary>
    /// <returns>How long nothing else can become due.</returns>
    public TimeSpan Sweep()
    {
        switch (_deadlines.Check())
        {
            case CableOverdue.Nothing:
                break;
            case CableOverdue.FirstConfirmation:
                _ = _sender!.SendAsync(_subscribe);
                break;
            case CableOverdue.CloseAnswer:
                _socket!.Abort();
                break;
            case var overdue:
                Abort(CableEndings.Overdue(overdue, _options));
                break;
        }

        return _deadlines.Left();
    }

    /// <summary>Ends the connection at once.</summary>
    public void Abort(CableEnding verdict)
    {
        lock (_gate)
        {
            _verdict ??= verdict;
            StopConnecting();
        }

        _socket?.Abort();
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
            if (_sender is null)
                return;

            _deadlines.Enter(CablePhase.Closing);
            _closing = _sender.CloseAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        EndConnecting();
        _socket?.Dispose();
        if (_sender is not null)
            await _sender.EndAsync();
    }

    private CableEnding Complete(CableEnding ending) => ending with
    {
        Welcomed = _welcomed,
        Subscribed = _subscribed,
        LastFrameAt = _receiver?.CaughtUpAt < _lastFrameAt ? _receiver.CaughtUpAt : _lastFrameAt,
    };

    private void StopConnecting() => _ = _connecting?.CancelAsync();

    /// <summary>There is a socket, or there will be none: nothing is left to be cancelled, and nothing kept for it.</summary>
    private void EndConnecting()
    {
        lock (_gate)
        {
            _connecting?.Dispose();
            _connecting = null;
        }
    }

    private async Task<CableEnding?> ConnectAsync(ICableTransport transport)
    {
        WebSocket socket;
        try
        {
            socket = await transport.ConnectAsync(_target, _connecting!.Token);
        }
        catch (OperationCanceledException) when (Verdict() is not null)
        {
            return Verdict();
        }
        catch (CableUpgradeException failed)
        {
            return Verdict() ?? failed.Ending;
        }

        _deadlines.Enter(CablePhase.AwaitingWelcome);
        lock (_gate)
        {
            EndConnecting();
            _socket = socket;
            _sender = new CableSender(socket);
            return _verdict;
        }
    }

    private async Task<CableEnding> ListenAsync(ICableListener listener)
    {
        var receiver = new FrameReceiver(_socket!, _options.MaxFrameBytes, _deadlines, _clock);
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
        for (var read = 1; ; read++)
        {
            if (read % MostInARow == 0)
                await Task.Yield(); // a thread that serves other sockets too is not held by one that always has more

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
                var code = _socket!.CloseStatus;
                Close(CableEndings.Closed(code));
                await _closing;
                return Verdict()! with { CloseCode = (int?)code };
            }

            // What comes after we have begun to close is not heard.
            if (Verdict() is null && await HandleAsync(frame, listener) == CableNext.Stop)
                Close(CableEndings.Finished);

            receiver.Release();
        }
    }

    private async ValueTask<CableNext> HandleAsync(ReceivedFrame received, ICableListener listener)
    {
        var frame = received.IsCut ? default : CableFrameReader.Read(received.Bytes.Span);
        if (frame.Kind != CableFrameKind.Disconnect)
            _lastFrameAt = _clock.GetUtcNow(); // after a disconnect nothing is sent any more, however late it is read
        if (_isHistoryAwaited && frame.Kind is CableFrameKind.HistoryConfirmation)
            return await AnswerHistoryAsync(listener, CableHistoryAnswer.Granted);
        if (_isHistoryAwaited && frame.Kind is CableFrameKind.HistoryRejection)
            return await AnswerHistoryAsync(listener, CableHistoryAnswer.Refused);
        if (_deadlines.IsHistoryOverdue() && await TellHistoryAsync(listener, CableHistoryAnswer.Overdue) == CableNext.Stop)
            return CableNext.Stop;

        switch (frame.Kind)
        {
            case CableFrameKind.Message:
                using (_deadlines.Listening())
                    return await listener.OnMessageAsync(ToMessage(frame, received.Bytes));
            case CableFrameKind.Unreadable:
                using (_deadlines.Listening())
                    return await listener.OnUnreadableAsync(received.Bytes);
            case CableFrameKind.Irrelevant:
                using (_deadlines.Listening())
                    await listener.OnIgnoredAsync();
                break;
            case CableFrameKind.Welcome when !_welcomed:
                return await BeginAsync(new CableWelcome(frame.Sid, frame.Restored), listener);
            case CableFrameKind.Confirmation when _welcomed && !_subscribed:
                _subscribed = true;
                _deadlines.Enter(CablePhase.Subscribed);
                if (_isHistoryAwaited)
                    _deadlines.AwaitHistory();
                using (_deadlines.Listening())
                    await listener.OnSubscribedAsync();
                break;
            case CableFrameKind.Rejection when !_subscribed:
                Close(CableEndings.Rejected);
                break;
            case CableFrameKind.Disconnect:
                Close(CableEndings.Disconnected(frame.Reason, frame.Reconnect));
                break;
        }

        return CableNext.GoOn;
    }

    private async ValueTask<CableNext> BeginAsync(CableWelcome welcome, ICableListener listener)
    {
        _welcomed = true;
        using (_deadlines.Listening())
            await listener.OnWelcomeAsync(welcome);
        if (_isHistoryAwaited && welcome.Sid is null && await AnswerHistoryAsync(listener, CableHistoryAnswer.Refused) == CableNext.Stop)
            return CableNext.Stop; // the plain protocol has no history

        _subscribe = CableCommands.Subscribe(_target.History);
        _deadlines.Enter(CablePhase.AwaitingConfirmation);
        await _sender!.SendAsync(_subscribe);
        return CableNext.GoOn;
    }

    private ValueTask<CableNext> AnswerHistoryAsync(ICableListener listener, CableHistoryAnswer answer)
    {
        _isHistoryAwaited = false;
        return TellHistoryAsync(listener, answer);
    }

    private async ValueTask<CableNext> TellHistoryAsync(ICableListener listener, CableHistoryAnswer answer)
    {
        _deadlines.AwaitHistoryNoLonger();
        using (_deadlines.Listening())
            return await listener.OnHistoryAsync(answer);
    }

    private CableMessage ToMessage(in CableFrame frame, ReadOnlyMemory<byte> bytes)
    {
        var now = _clock.GetUtcNow();
        return new(bytes[frame.Body], frame.StreamId, frame.Epoch, frame.Offset, now, _receiver?.CaughtUpAt ?? now);
    }

    private CableEnding? Verdict()
    {
        lock (_gate)
            return _verdict;
    }
}
