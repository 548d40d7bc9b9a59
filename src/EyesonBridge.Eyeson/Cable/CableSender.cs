using System.Net.WebSockets;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>
/// Sends one thing after the other, from the read and from the watchdog alike. A failure is kept quiet here: it shows in
/// the read, which knows better what happened.
/// </summary>
internal sealed class CableSender(WebSocket socket)
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private bool _ended;

    public Task SendAsync(ReadOnlyMemory<byte> text) =>
        Enqueue(() => socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).AsTask());

    public Task CloseAsync() =>
        Enqueue(() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, CancellationToken.None));

    /// <summary>Takes nothing more; completes when all that was taken is sent or has failed.</summary>
    public Task EndAsync()
    {
        lock (_gate)
        {
            _ended = true;
            return _last;
        }
    }

    private Task Enqueue(Func<Task> send)
    {
        lock (_gate)
            return _ended ? _last : _last = AfterAsync(_last, send);
    }

    private static async Task AfterAsync(Task before, Func<Task> send)
    {
        await before;
        try
        {
            await send();
        }
        catch (Exception e) when (e is WebSocketException or InvalidOperationException or OperationCanceledException or IOException)
        {
            // The read ends with it.
        }
    }
}
