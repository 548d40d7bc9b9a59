using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace EyesonBridge.Bench.Load;

/// <summary>
/// The server that everybody observes in the bench. It speaks as much of HTTP, WebSocket and ActionCable as they ask for, over
/// bare sockets, so that it takes little of the cores that it shares with what is measured.
/// </summary>
internal sealed class SourceServer : IDisposable
{
    private static readonly byte[] Welcome = ServerFrame.Text("""{"type":"welcome"}"""u8);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Subscriptions _subscriptions;

    public SourceServer(Subscriptions subscriptions)
    {
        _subscriptions = subscriptions;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(4096);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Serves whoever comes, until the process ends.</summary>
    public async Task AcceptAsync()
    {
        while (true)
        {
            var socket = await _listener.AcceptAsync();
            socket.NoDelay = true;
            _ = ServeAsync(socket);
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync(Socket socket)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(2048);
        try
        {
            var (head, surplus) = await ReadHeadAsync(socket, buffer);
            if (head.WebSocketKey is null)
                await AnswerAsync(socket, head, surplus);
            else
                await ObserveAsync(socket, head, buffer);
        }
        catch (Exception error) when (error is SocketException or EndOfStreamException or ObjectDisposedException)
        {
            // The peer is gone.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            _subscriptions.Remove(socket);
            socket.Dispose();
        }
    }

    private async Task ObserveAsync(Socket socket, HttpHead head, byte[] buffer)
    {
        await socket.SendAsync(head.Upgrade());
        await socket.SendAsync(Welcome);
        var filled = 0;
        while (true)
        {
            filled += await ReceiveAsync(socket, buffer.AsMemory(filled));
            while (ClientFrames.TryRead(buffer.AsSpan(0, filled), out var opcode, out var payload) is > 0 and var taken)
            {
                if (opcode == ClientFrames.Text)
                    Obey(socket, head.Room, payload);
                else if (opcode == ClientFrames.Close)
                    socket.Send([0x88, (byte)payload.Length, .. payload]);
                buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
                filled -= taken;
            }
        }
    }

    private void Obey(Socket socket, int room, ReadOnlySpan<byte> command)
    {
        using var parsed = JsonDocument.Parse(command.ToArray());
        if (parsed.RootElement.GetProperty("command").GetString() is not "subscribe")
            return;

        var identifier = parsed.RootElement.GetProperty("identifier").GetRawText();
        byte[] answers =
        [
            .. ServerFrame.Text(Encoding.UTF8.GetBytes($$"""{"identifier":{{identifier}},"type":"confirm_subscription"}""")),
            .. ServerFrame.Text(Encoding.UTF8.GetBytes($$"""{"identifier":{{identifier}},"message":{{LoadBodies.RoomUpdate(LoadBodies.RoomId(room))}}}""")),
        ];
        socket.Send(answers);
        _subscriptions.Add(room, socket, identifier);
    }

    private async Task AnswerAsync(Socket socket, HttpHead head, int surplus)
    {
        var buffer = new byte[4096];
        for (var left = head.ContentLength - surplus; left > 0;)
            left -= await ReceiveAsync(socket, buffer);
        await socket.SendAsync(HttpHead.Answer(head.Target.StartsWith("/rooms?", StringComparison.Ordinal) || head.Target is "/rooms"
            ? _subscriptions.RunningJson()
            : "[]"));
        socket.Shutdown(SocketShutdown.Send);
        while (await socket.ReceiveAsync(buffer) > 0)
            continue;
    }

    /// <returns>The head, and how many bytes of what follows it have been received too.</returns>
    private static async Task<(HttpHead Head, int Surplus)> ReadHeadAsync(Socket socket, byte[] buffer)
    {
        var filled = 0;
        while (true)
        {
            filled += await ReceiveAsync(socket, buffer.AsMemory(filled));
            var end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
                return (HttpHead.Parse(Encoding.ASCII.GetString(buffer, 0, end)), filled - end - 4);
        }
    }

    private static async Task<int> ReceiveAsync(Socket socket, Memory<byte> target) =>
        await socket.ReceiveAsync(target) is > 0 and var received ? received : throw new EndOfStreamException();
}
