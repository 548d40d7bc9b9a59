using System.Net.Sockets;
using EyesonBridge.Bus.Access;
using EyesonBridge.Eyeson.Cable;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EyesonBridge.Bus;

/// <summary>
/// A connection for events, with two things that the client keeps to itself: whether the broker blocks it, and its
/// socket. The client closes a connection by sending all that it still has, and waits seconds for that: with a broker that
/// did not answer, the events of a connection that was given up could arrive among those of the next one.
/// </summary>
/// <param name="time">Clock of the time-out.</param>
internal sealed class PublishConnection(TimeProvider time)
{
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HashSet<Socket> _sockets = [];
    private readonly HashSet<RabbitMqPublishChannel> _channels = [];
    private Task<IConnection>? _connecting;
    private TaskCompletionSource? _unblocked;
    private TaskCompletionSource? _opened;
    private string? _blockedBy;
    private long _unblockedAt;
    private int _opening;
    private bool _isCut;
    private bool _isShut;

    /// <summary>The client's connection, once it is open.</summary>
    public IConnection Client => _connecting is { IsCompletedSuccessfully: true } open ? open.Result : throw new InvalidOperationException("It is not open yet.");

    /// <summary>False when it cannot be used, or not any more.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_gate)
                return !_isCut && _connecting is { IsCompletedSuccessfully: true, Result.IsOpen: true };
        }
    }

    /// <summary>Connects.</summary>
    /// <param name="factory">Where to. Its way to make sockets is changed, and its time-out for answers turned off: <see cref="OpenChannelAsync"/> has one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task OpenAsync(ConnectionFactory factory, CancellationToken cancellationToken)
    {
        factory.SocketFactory = NewSocket;
        factory.ContinuationTimeout = Timeout.InfiniteTimeSpan; // the client's clock would run on while the broker blocks the connection
        _connecting = factory.CreateConnectionAsync(cancellationToken);
        try
        {
            var client = await _connecting.WaitAsync(cancellationToken);
            ReadInline();
            client.ConnectionBlockedAsync += OnBlockedAsync;
            client.ConnectionUnblockedAsync += OnUnblockedAsync;
            client.ConnectionShutdownAsync += OnShutdownAsync;
        }
        catch (OperationCanceledException)
        {
            Cut(); // in case it comes about after all
            throw;
        }
    }

    /// <summary>
    /// Opens a channel. Nothing is published meanwhile: what is published while the broker is short of memory or disk has it
    /// read nothing more, and it would not answer.
    /// </summary>
    /// <param name="channel">What it is for.</param>
    /// <param name="within">How long that may take, and later each request on it. What was published just before can have the broker block the connection: that does not count.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OperationCanceledException">The broker did not answer in time.</exception>
    public async Task<IChannel> OpenChannelAsync(CreateChannelOptions? channel, TimeSpan within, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_opening++ == 0)
                _opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        try
        {
            await WhenUnblockedAsync(cancellationToken);
            return await OpenWithinAsync(channel, within, cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                if (--_opening == 0)
                    _opened!.SetResult();
            }
        }
    }

    /// <summary>Completes when no channel is being opened.</summary>
    public ValueTask WhenOpenedAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _opening) == 0)
            return ValueTask.CompletedTask;

        lock (_gate)
            return _opening == 0 ? ValueTask.CompletedTask : new ValueTask(_opened!.Task.WaitAsync(cancellationToken));
    }

    /// <summary>Tells the channel when the broker blocks the connection, and when it does so no more.</summary>
    public void Add(RabbitMqPublishChannel channel)
    {
        lock (_gate)
        {
            _channels.Add(channel);
            if (_blockedBy is not null)
                channel.NoteBlocked(_blockedBy);
        }
    }

    /// <summary>Tells the channel nothing more.</summary>
    public void Remove(RabbitMqPublishChannel channel)
    {
        lock (_gate)
            _channels.Remove(channel);
    }

    /// <summary>
    /// Ends it without waiting for anybody: what has not left this machine by now never comes. What its own has received by
    /// then a broker that was frozen or blocked can still publish.
    /// </summary>
    public void Cut()
    {
        lock (_gate)
        {
            if (_isCut)
                return;
            _isCut = true;
            Unblock();
            foreach (var socket in _sockets)
                socket.Close(timeout: 0); // a reset: what is still in the buffers is dropped
            _sockets.Clear();
        }

        if (_connecting is { } connecting)
            _ = AsideAsync(() => EndClientAsync(connecting));
    }

    /// <summary>Closes it in good order, if the broker answers in time.</summary>
    public async Task CloseAsync()
    {
        if (IsOpen)
        {
            // The client's own time-out is never shorter than 5 s.
            await Client.AbortAsync(CloseWithin).WaitAsync(CloseWithin, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Cut();
    }

    private static async Task EndClientAsync(Task<IConnection> connecting)
    {
        var client = await connecting;
        await client.AbortAsync(CloseWithin);
        await client.DisposeAsync();
    }

    private static async Task EndChannelAsync(Task<IChannel> opening)
    {
        var channel = await opening;
        channel.ContinuationTimeout = CloseWithin;
        await channel.DisposeAsync();
    }

    /// <summary>Ends something that nobody waits for any more, and nothing depends on: no matter how that goes.</summary>
    private static async Task AsideAsync(Func<Task> end)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
#pragma warning disable CA1031
        try
        {
            await end();
        }
        catch (Exception)
        {
            // It never came about, or is gone already.
        }
#pragma warning restore CA1031
    }

    private async Task<IChannel> OpenWithinAsync(CreateChannelOptions? channel, TimeSpan within, CancellationToken cancellationToken)
    {
        // The client does not look at a token while it waits for an answer: one that comes late must not leave a channel behind.
        var opening = ClosedConnection.ExplainAsync(Client, () => Client.CreateChannelAsync(channel, CancellationToken.None));
        try
        {
            if (!await AnswersAsync(opening, within, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new OperationCanceledException("The broker did not answer in time.");
            }

            var opened = await opening;
            opened.ContinuationTimeout = within;
            return opened;
        }
        catch
        {
            _ = AsideAsync(() => EndChannelAsync(opening));
            throw;
        }
    }

    /// <summary>Confirms are read on the thread that learns of them, as frames are: what they lead to waits for nothing but short locks.</summary>
    private void ReadInline()
    {
        lock (_gate)
        {
            foreach (var socket in _sockets.Where(static socket => socket.Connected))
                InlineReads.TurnOn(socket);
        }
    }

    private ITcpClient NewSocket(AddressFamily family)
    {
        var client = ConnectionFactoryBase.DefaultSocketFactory(family);
        lock (_gate)
        {
            if (_isCut)
                client.Client.Close();
            else
                _sockets.Add(client.Client);
        }

        return client;
    }

    /// <summary>Waits for an answer, so long at most; the time begins anew when the broker reads from the connection again.</summary>
    /// <returns>False when none came.</returns>
    private async Task<bool> AnswersAsync(Task answer, TimeSpan within, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            var left = within - time.GetElapsedTime(since);
            using var timeout = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            await answer.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (answer.IsCompleted)
                return true;

            await WhenUnblockedAsync(cancellationToken);
            if (Volatile.Read(ref _unblockedAt) <= since)
                return false;
            since = Volatile.Read(ref _unblockedAt);
        }
    }

    /// <summary>The broker reads nothing from a connection that it blocks.</summary>
    private Task WhenUnblockedAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _unblocked is null ? Task.CompletedTask : _unblocked.Task.WaitAsync(cancellationToken);
    }

    private Task OnBlockedAsync(object sender, ConnectionBlockedEventArgs blocked)
    {
        lock (_gate)
        {
            if (_isShut || _isCut)
                return Task.CompletedTask; // nobody would say that it is over

            _unblocked ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _blockedBy = blocked.Reason;
            foreach (var channel in _channels)
                channel.NoteBlocked(_blockedBy);
            return Task.CompletedTask;
        }
    }

    private Task OnUnblockedAsync(object sender, AsyncEventArgs unblocked)
    {
        lock (_gate)
        {
            Unblock();
            foreach (var channel in _channels)
                channel.NoteUnblocked();
            return Task.CompletedTask;
        }
    }

    private Task OnShutdownAsync(object sender, ShutdownEventArgs shutdown)
    {
        lock (_gate)
        {
            _isShut = true;
            Unblock(); // whoever waits for that learns what became of it
            return Task.CompletedTask;
        }
    }

    private void Unblock()
    {
        if (_unblocked is null)
            return;

        Volatile.Write(ref _unblockedAt, time.GetTimestamp());
        _unblocked.SetResult();
        (_unblocked, _blockedBy) = (null, null);
    }
}
