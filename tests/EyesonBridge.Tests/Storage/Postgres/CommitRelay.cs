using System.Net;
using System.Net.Sockets;

namespace EyesonBridge.Tests.Storage.Postgres;

/// <summary>
/// Stands between the store and its database, and breaks the connection at a commit: before it gets there, or before its
/// answer comes back. Or it keeps that answer for a while, or lets nothing pass.
/// </summary>
internal sealed class CommitRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _disposed = new();
    private readonly string _host;
    private readonly int _port;
    private readonly Task _accepting;
    private readonly Lock _gate = new();
    private readonly List<Socket> _sockets = [];
    private TaskCompletionSource _open = new();
    private int _commitsToLose;
    private int _answersToLose;
    private int _answersToKeep;
    private int _lost;
    private readonly TaskCompletionSource _isKept = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _isGivenBack = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CommitRelay(string host, int port)
    {
        (_host, _port) = (host, port);
        _open.SetResult();
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many were lost so far.</summary>
    public int Lost => Volatile.Read(ref _lost);

    public void LoseNextCommit() => Interlocked.Increment(ref _commitsToLose);

    public void LoseNextAnswer() => Interlocked.Increment(ref _answersToLose);

    /// <summary>Keeps the answer to the next commit; everything else passes.</summary>
    public void KeepNextAnswer() => Interlocked.Increment(ref _answersToKeep);

    /// <summary>Waits until an answer is kept: the commit is made.</summary>
    public Task WhenKeptAsync(CancellationToken cancellationToken) => _isKept.Task.WaitAsync(cancellationToken);

    /// <summary>Lets the answer that was kept pass.</summary>
    public void GiveBack() => _isGivenBack.TrySetResult();

    /// <summary>Lets nothing pass any more: what is sent is neither answered nor refused, as in a network that drops packets.</summary>
    public void Cut()
    {
        lock (_gate)
            _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Ends what was cut off, and lets everything pass again.</summary>
    public void Heal()
    {
        lock (_gate)
        {
            _open.TrySetResult();
            foreach (var socket in _sockets)
                socket.Close();
            _sockets.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        _listener.Stop();
        await _accepting;
        _disposed.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = RelayAsync(await _listener.AcceptSocketAsync(_disposed.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Over.
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            try
            {
                lock (_gate)
                    _sockets.AddRange([client, server]);
                await server.ConnectAsync(_host, _port, _disposed.Token);
                var answer = new Answer();
                await Task.WhenAny(ToServerAsync(client, server, answer), ToClientAsync(server, client, answer));
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Broken.
            }
        }
    }

    private async Task ToServerAsync(Socket client, Socket server, Answer answer)
    {
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await client.ReceiveAsync(buffer, _disposed.Token)) > 0)
        {
            await WhenOpenAsync();
            var isCommit = buffer.AsSpan(0, count).IndexOf("COMMIT\0"u8) >= 0; // and no isolation level: READ COMMITTED
            if (isCommit && TryTake(ref _commitsToLose))
            {
                Interlocked.Increment(ref _lost);
                return;
            }

            answer.IsLost = isCommit && TryTake(ref _answersToLose);
            if (answer.IsLost)
                Interlocked.Increment(ref _lost);
            answer.IsKept = isCommit && TryTake(ref _answersToKeep);
            await server.SendAsync(buffer.AsMemory(0, count), _disposed.Token);
        }
    }

    private async Task ToClientAsync(Socket server, Socket client, Answer answer)
    {
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await server.ReceiveAsync(buffer, _disposed.Token)) > 0 && !answer.IsLost)
        {
            await WhenOpenAsync();
            if (answer.IsKept)
            {
                _isKept.TrySetResult();
                await _isGivenBack.Task.WaitAsync(_disposed.Token);
            }

            await client.SendAsync(buffer.AsMemory(0, count), _disposed.Token);
        }
    }

    private Task WhenOpenAsync()
    {
        lock (_gate)
            return _open.Task.WaitAsync(_disposed.Token);
    }

    private bool TryTake(ref int counter)
    {
        if (Interlocked.Decrement(ref counter) >= 0)
            return true;

        Interlocked.Increment(ref counter);
        return false;
    }

    /// <summary>What becomes of the next answer on a connection.</summary>
    private sealed class Answer
    {
        public volatile bool IsLost;
        public volatile bool IsKept;
    }
}
