using System.Net.Sockets;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace EyesonBridge.Simulator.Cable;

/// <summary>One observer's socket: a queue, one sender, and the ways to lose it.</summary>
internal sealed class CableSocket : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly WebSocket _webSocket;
    private readonly Socket? _transport;
    private readonly SimulatedRoom _room;
    private readonly EyesonSimulator _simulator;
    private readonly CancellationTokenSource _ended = new();
    private readonly Channel<QueuedFrame> _queue;
    private volatile bool _dropped;
    private volatile bool _tooSlow;

    public CableSocket(
        WebSocket webSocket, Socket? transport, SimulatedRoom room, EyesonSimulator simulator, CableSessionState? session)
    {
        Session = session;
        _webSocket = webSocket;
        _transport = transport;
        _room = room;
        _simulator = simulator;
        _queue = Channel.CreateBounded<QueuedFrame>(
            new BoundedChannelOptions(simulator.Options.SendQueueCapacity) { SingleReader = true });
    }

    /// <summary>The session of the extended protocol; null where the other is spoken.</summary>
    public CableSessionState? Session { get; }

    /// <summary>Cancelled when the socket is over.</summary>
    public CancellationToken Ended => _ended.Token;

    private bool Muted => _room.Faults.MuteAll || _simulator.Faults.MuteAll;

    /// <summary>Puts a frame into the queue. A queue that is full means an observer that is too slow: it loses its socket.</summary>
    public void Send(QueuedFrame frame)
    {
        if (Muted || _queue.Writer.TryWrite(frame) || _dropped)
            return;

        if (!_queue.Writer.TryComplete())
            return;

        _tooSlow = true;
        _simulator.Counters.WasTooSlow();
        _ended.CancelAfter(Grace);
    }

    public void Send(byte[] payload) => Send(new QueuedFrame(payload));

    /// <summary>Sends a frame later, without holding up the others.</summary>
    public async Task SendAfterAsync(TimeSpan delay, byte[] payload)
    {
        if (await WaitAsync(delay))
            Send(payload);
    }

    /// <summary>False when the socket went first.</summary>
    public async Task<bool> WaitAsync(TimeSpan delay)
    {
        try
        {
            if (delay != TimeSpan.Zero)
                await Task.Delay(delay, _simulator.Options.TimeProvider, Ended);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Ends the conversation: what is queued, then the given frame, then the close frame.</summary>
    public void Finish(byte[]? last = null)
    {
        if (last is not null)
            Send(last);
        Send(QueuedFrame.Close(_simulator.Options.DisconnectDelay));
        _queue.Writer.TryComplete();
    }

    /// <summary>Answers the observer's close frame; under <see cref="SimulatorFaults.MuteAll"/> lets it wait.</summary>
    public async Task AnswerCloseAsync()
    {
        if (Muted)
            await Task.Delay(Grace, TimeProvider.System, Ended);
        Send(QueuedFrame.Close());
        _queue.Writer.TryComplete();
    }

    public void Drop(DropKind kind)
    {
        if (kind == DropKind.Close || _transport is null)
        {
            _queue.Writer.TryWrite(QueuedFrame.Close());
            _queue.Writer.TryComplete();
            return;
        }

        _dropped = true;
        _queue.Writer.TryComplete();
        _ended.CancelAfter(Grace);
        TransportFault.Apply(_transport, kind);
    }

    /// <summary>Sends what is queued until the socket is over. Never throws for what the network does.</summary>
    public async Task RunSenderAsync()
    {
        try
        {
            await foreach (var frame in _queue.Reader.ReadAllAsync(Ended))
            {
                if (_dropped)
                    return;
                if (_tooSlow)
                    break;
                if (frame.Delay > TimeSpan.Zero)
                    await Task.Delay(frame.Delay, _simulator.Options.TimeProvider, Ended);
                if (frame.IsClose)
                {
                    await CloseAsync();
                    return;
                }

                await SendAsync(frame);
            }

            if (_tooSlow)
            {
                await SendAsync(new QueuedFrame(CableFrames.Disconnect("too_slow", reconnect: true)));
                await CloseAsync();
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException
            or IOException or InvalidOperationException or SocketException)
        {
            _dropped = true;
            _webSocket.Abort();
        }
    }

    /// <summary>Gives the sender a last moment: the observer is gone.</summary>
    public void EndSoon()
    {
        _queue.Writer.TryComplete();
        _ended.CancelAfter(Grace);
    }

    public void End() => _ended.Cancel();

    public void Dispose() => _ended.Dispose();

    private async Task CloseAsync()
    {
        _ended.CancelAfter(Grace);
        await _webSocket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, Ended);
    }

    private async Task SendAsync(QueuedFrame frame)
    {
        var rest = frame.Payload;
        for (var left = Math.Max(1, frame.Fragments); left > 1; left--)
        {
            var size = rest.Length / left;
            await _webSocket.SendAsync(rest[..size], WebSocketMessageType.Text, endOfMessage: false, Ended);
            rest = rest[size..];
        }

        await _webSocket.SendAsync(rest, WebSocketMessageType.Text, endOfMessage: true, Ended);
    }
}
