using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace EyesonBridge.Bench.Load;

/// <summary>A room of the source: the socket that observes it now, and how far its events have come.</summary>
internal sealed class SourceRoom(int number)
{
    private const int BatchBytes = 16 * 1024;

    private readonly Dictionary<LoadKind, EventTemplate[]> _templates = [];
    private readonly byte[] _batch = new byte[BatchBytes];
    private string _identifier = "";
    private Socket? _socket;
    private long _frames;
    private long _stamped;
    private int _isWriting;
    private volatile bool _pingIsDue;

    public int Number => number;

    public bool IsSubscribed => _socket is not null;

    /// <summary>How many of its events carry a stamp, so far.</summary>
    public long Stamped => Interlocked.Read(ref _stamped);

    public void Attach(Socket socket, string identifier)
    {
        if (!string.Equals(_identifier, identifier, StringComparison.Ordinal))
            _templates.Clear();
        _identifier = identifier;
        _socket = socket;
    }

    /// <returns>Whether it was this socket that observed the room.</returns>
    public bool Detach(Socket socket) => Interlocked.CompareExchange(ref _socket, null, socket) == socket;

    /// <summary>Sends events as fast as the socket takes them.</summary>
    public async Task FloodAsync(LoadKind kind, int events)
    {
        var templates = Templates(kind);
        await EnterAsync();
        try
        {
            while (events > 0 && _socket is { } socket)
            {
                var length = 0;
                if (_pingIsDue)
                    length = WritePing();
                var now = Stopwatch.GetTimestamp();
                while (events > 0)
                {
                    var template = templates[_frames % templates.Length];
                    if (length + template.Length > BatchBytes)
                        break;

                    length += Write(template, length, now);
                    events--;
                }

                await SendAllAsync(socket, length);
            }
        }
        finally
        {
            Volatile.Write(ref _isWriting, 0);
        }
    }

    /// <summary>Sends one event that was due at a time; waits when the socket takes nothing.</summary>
    public void SendOne(LoadKind kind, long due)
    {
        if (_socket is not { } socket)
            return;

        var templates = Templates(kind);
        while (Interlocked.CompareExchange(ref _isWriting, 1, 0) != 0)
            Thread.Yield();
        try
        {
            var length = Write(templates[_frames % templates.Length], 0, due);
            for (var sent = 0; sent < length;)
                sent += socket.Send(_batch.AsSpan(sent, length - sent));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The reader of this socket sees the same.
        }
        finally
        {
            Volatile.Write(ref _isWriting, 0);
        }
    }

    /// <summary>Sends a ping, or leaves it to the load that is just being sent.</summary>
    public void Ping()
    {
        if (_socket is not { } socket)
            return;

        if (Interlocked.CompareExchange(ref _isWriting, 1, 0) != 0)
        {
            _pingIsDue = true;
            return;
        }

        try
        {
            // A socket that takes no ping now is one that is not read: nothing would come of it.
            if (socket.Poll(0, SelectMode.SelectWrite))
                socket.Send(_batch.AsSpan(0, WritePing()));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The reader of this socket sees the same.
        }
        finally
        {
            Volatile.Write(ref _isWriting, 0);
        }
    }

    /// <summary>Ends the meeting, and the connection with it.</summary>
    public void End()
    {
        if (_socket is not { } socket)
            return;

        socket.Send(EventFrame(LoadBodies.RoomUpdate(LoadBodies.RoomId(number), shutdown: true)));
        socket.Shutdown(SocketShutdown.Send);
    }

    private byte[] EventFrame(string body) => ServerFrame.Text(Encoding.UTF8.GetBytes($$"""{"identifier":{{_identifier}},"message":{{body}}}"""));

    private EventTemplate[] Templates(LoadKind kind)
    {
        lock (_templates)
        {
            if (!_templates.TryGetValue(kind, out var templates))
                _templates[kind] = templates = [.. LoadBodies.Of(kind).Select(body => EventTemplate.Of(_identifier, body))];
            return templates;
        }
    }

    private int Write(EventTemplate template, int at, long due)
    {
        if (template.IsStamped)
            Interlocked.Increment(ref _stamped);
        template.Write(_batch.AsSpan(at), new EventStamp(number, _stamped, due));
        _frames++;
        return template.Length;
    }

    private int WritePing()
    {
        _pingIsDue = false;
        var ping = PingFrame.Now();
        ping.CopyTo(_batch);
        return ping.Length;
    }

    private async Task SendAllAsync(Socket socket, int length)
    {
        try
        {
            for (var sent = 0; sent < length;)
                sent += await socket.SendAsync(_batch.AsMemory(sent, length - sent));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            Detach(socket);
        }
    }

    private async Task EnterAsync()
    {
        while (Interlocked.CompareExchange(ref _isWriting, 1, 0) != 0)
            await Task.Yield();
    }
}
