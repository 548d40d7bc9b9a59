using System.Net.WebSockets;
using System.Threading.Channels;
using EyesonBridge.Eyeson.Cable;

namespace EyesonBridge.Tests.Observation.Room;

/// <summary>Connects to the test instead of a server: each attempt waits for the test to take or refuse it.</summary>
internal sealed class ScriptedTransport : ICableTransport
{
    private readonly Channel<TaskCompletionSource<WebSocket>> _attempts = Channel.CreateUnbounded<TaskCompletionSource<WebSocket>>();

    /// <summary>How many attempts wait to be taken.</summary>
    public int Waiting => _attempts.Reader.Count;

    public async Task<WebSocket> ConnectAsync(CableTarget target, CancellationToken cancellationToken)
    {
        var attempt = new TaskCompletionSource<WebSocket>(TaskCreationOptions.RunContinuationsAsynchronously);
        _attempts.Writer.TryWrite(attempt);
        return await attempt.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Waits for an attempt, and leaves it waiting.</summary>
    public async Task WhenWaitingAsync() => await _attempts.Reader.WaitToReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Takes the next attempt.</summary>
    public async Task<ScriptedSocket> AcceptAsync()
    {
        var socket = new ScriptedSocket();
        (await NextAsync()).SetResult(socket);
        return socket;
    }

    /// <summary>Refuses the next attempt.</summary>
    public async Task RefuseAsync(int status) =>
        (await NextAsync()).SetException(new CableUpgradeException(
            new CableEnding { Kind = CableEndingKind.UpgradeRefused, HttpStatus = status, Detail = "Refused by the test." }));

    public void Dispose()
    {
        // There is nothing to let go.
    }

    private ValueTask<TaskCompletionSource<WebSocket>> NextAsync() => _attempts.Reader.ReadAsync(TestContext.Current.CancellationToken);
}
