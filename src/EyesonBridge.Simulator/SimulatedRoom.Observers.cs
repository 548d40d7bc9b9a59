using EyesonBridge.Simulator.Cable;

namespace EyesonBridge.Simulator;

/// <content>Who listens, and what they are sent.</content>
public sealed partial class SimulatedRoom
{
    private readonly HashSet<CableSocket> _sockets = [];
    private readonly List<Subscription> _subscriptions = [];
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

    /// <summary>State and confirmation, in the order of the options, then what was missed; from then on every event.</summary>
    internal void Subscribe(CableSocket socket, string identifier, TimeSpan confirmationDelay, HistoryRequest? history)
    {
        lock (_gate)
        {
            if (!_sockets.Contains(socket))
                return;

            var state = CableFrames.Message(identifier, DescribeState());
            var early = _simulator.Options.StateBeforeConfirmation;
            if (early)
                socket.Send(state);

            _ = ConfirmAsync(socket, identifier, confirmationDelay, early ? null : state, history);
            Register(socket, identifier);
        }
    }

    /// <summary>The subscriptions of a restored session are back without a command, and without the state.</summary>
    internal void Restore(CableSocket socket, byte[] welcome, IReadOnlyList<string> identifiers)
    {
        lock (_gate)
        {
            socket.Send(welcome);
            if (!_sockets.Contains(socket))
                return;

            foreach (var identifier in identifiers)
                Register(socket, identifier);
        }
    }

    private void Register(CableSocket socket, string identifier)
    {
        _subscriptions.Add(new Subscription(socket, identifier));
        Subscriptions++;
        _subscribed.TrySetResult();
        _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Runs at once when there is no delay, so that nothing comes between.</summary>
    private async Task ConfirmAsync(
        CableSocket socket, string identifier, TimeSpan delay, byte[]? state, HistoryRequest? history)
    {
        await socket.SendAfterAsync(delay, CableFrames.Confirm(identifier));
        if (state is not null)
            socket.Send(state);
        if (history is not null)
            Replay(socket, identifier, history);
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

    /// <summary>A socket's subscription to its room.</summary>
    /// <param name="Socket">Where the events go.</param>
    /// <param name="Identifier">What the observer called it.</param>
    private sealed record Subscription(CableSocket Socket, string Identifier);
}
