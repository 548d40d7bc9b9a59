using System.Text;
using System.Text.Json;
using EyesonBridge.Simulator.Cable;

namespace EyesonBridge.Simulator;

/// <content>Who listens, and what they are sent.</content>
public sealed partial class SimulatedRoom
{
    private readonly HashSet<CableSocket> _sockets = [];
    private readonly List<Subscription> _subscriptions = [];
    private readonly List<SentEvent> _sent = [];
    private TaskCompletionSource _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many observers are subscribed now.</summary>
    public int Observers
    {
        get
        {
            lock (_gate)
                return _subscriptions.Count;
        }
    }

    /// <summary>How many subscriptions there have been.</summary>
    public int Subscriptions { get; private set; }

    /// <summary>The events sent so far, in order. The state that a new observer gets is not among them.</summary>
    public IReadOnlyList<SentEvent> Sent
    {
        get
        {
            lock (_gate)
                return [.. _sent];
        }
    }

    /// <summary>Completes once so many observers are subscribed at the same time.</summary>
    public async Task WhenSubscribedAsync(int count, CancellationToken ct)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_subscriptions.Count >= count)
                    return;
                changed = _subscribed.Task;
            }

            await changed.WaitAsync(ct);
        }
    }

    /// <summary>Sends the body of an event of any kind: unknown, misshapen or unreadable.</summary>
    public void SendRaw(string message) => SendRaw(Encoding.UTF8.GetBytes(message));

    /// <inheritdoc cref="SendRaw(string)"/>
    public void SendRaw(ReadOnlyMemory<byte> message)
    {
        lock (_gate)
        {
            EnsureRunning();
            Broadcast(TypeOf(message.Span), message.ToArray());
        }
    }

    /// <summary>Sends a whole frame as it is, optionally in several WebSocket fragments. It is not among <see cref="Sent"/>.</summary>
    public void SendFrame(string frame, int fragments = 1) => SendFrame(Encoding.UTF8.GetBytes(frame), fragments);

    /// <inheritdoc cref="SendFrame(string, int)"/>
    public void SendFrame(ReadOnlyMemory<byte> frame, int fragments = 1)
    {
        lock (_gate)
        {
            foreach (var socket in _sockets)
                socket.Send(new CableFrame(frame.ToArray(), fragments));
        }
    }

    /// <summary>Loses the sockets of this room. They no longer count as observers when this returns.</summary>
    /// <returns>How many there were.</returns>
    public int Drop(DropKind kind)
    {
        var sockets = TakeSockets();
        foreach (var socket in sockets)
            socket.Drop(kind);
        return sockets.Count;
    }

    /// <summary>Sends <c>disconnect</c> to the observers of this room and closes their sockets.</summary>
    /// <returns>How many there were.</returns>
    public int Disconnect(string reason, bool reconnect)
    {
        var frame = CableFrames.Disconnect(reason, reconnect);
        var sockets = TakeSockets();
        foreach (var socket in sockets)
            socket.Finish(frame);
        return sockets.Count;
    }

    /// <summary>False when the meeting has ended.</summary>
    internal bool TryAttach(CableSocket socket)
    {
        lock (_gate)
            return !Ended && _sockets.Add(socket);
    }

    internal void Detach(CableSocket socket)
    {
        lock (_gate)
        {
            _sockets.Remove(socket);
            _subscriptions.RemoveAll(subscription => subscription.Socket == socket);
        }
    }

    internal void Unsubscribe(CableSocket socket, string identifier)
    {
        lock (_gate)
            _subscriptions.Remove(new Subscription(socket, identifier));
    }

    /// <summary>State and confirmation, in the order of the options; from then on every event.</summary>
    internal void Subscribe(CableSocket socket, string identifier, TimeSpan confirmationDelay)
    {
        lock (_gate)
        {
            if (!_sockets.Contains(socket))
                return;

            var state = CableFrames.Message(identifier, DescribeState());
            if (_simulator.Options.StateBeforeConfirmation)
            {
                socket.Send(state);
                _ = socket.SendAfterAsync(confirmationDelay, CableFrames.Confirm(identifier));
            }
            else
            {
                _ = socket.SendAfterAsync(confirmationDelay, CableFrames.Confirm(identifier));
                _ = socket.SendAfterAsync(confirmationDelay, state);
            }

            _subscriptions.Add(new Subscription(socket, identifier));
            Subscriptions++;
            _subscribed.TrySetResult();
            _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private static string TypeOf(ReadOnlySpan<byte> message)
    {
        try
        {
            var reader = new Utf8JsonReader(message);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("type", out var type)
                && type.ValueKind == JsonValueKind.String ? type.GetString()! : "raw";
        }
        catch (JsonException)
        {
            return "raw";
        }
    }

    private List<CableSocket> TakeSockets()
    {
        lock (_gate)
        {
            List<CableSocket> sockets = [.. _sockets];
            _sockets.Clear();
            _subscriptions.Clear();
            return sockets;
        }
    }

    /// <summary>Serializes once for all observers that use the same identifier, which is nearly always all of them.</summary>
    private void Broadcast(string type, byte[] body)
    {
        _sent.Add(new SentEvent
        {
            Number = _sent.Count + 1,
            Type = type,
            Body = body,
            SentAt = Now,
            Observers = _subscriptions.Count,
        });

        var identifier = "";
        byte[] frame = [];
        foreach (var subscription in _subscriptions)
        {
            if (!string.Equals(identifier, subscription.Identifier, StringComparison.Ordinal))
            {
                identifier = subscription.Identifier;
                frame = CableFrames.Message(identifier, body);
            }

            subscription.Socket.Send(frame);
        }
    }
}
