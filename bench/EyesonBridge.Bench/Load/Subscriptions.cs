using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace EyesonBridge.Bench.Load;

/// <summary>Who observes what at the source.</summary>
internal sealed class Subscriptions(PingLoop pings)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<Socket, SourceRoom> _bySocket = [];
    private readonly SortedDictionary<int, SourceRoom> _rooms = [];
    private TaskCompletionSource<long>? _reached;
    private int _wanted;

    public int Count => _bySocket.Count;

    /// <summary>The rooms that are observed now, in the order of their numbers.</summary>
    public SourceRoom[] Observed()
    {
        lock (_lock)
            return [.. _rooms.Values.Where(room => room.IsSubscribed)];
    }

    public SourceRoom[] All()
    {
        lock (_lock)
            return [.. _rooms.Values];
    }

    public void Add(int number, Socket socket, string identifier)
    {
        lock (_lock)
        {
            var isNew = !_rooms.TryGetValue(number, out var room);
            if (isNew)
                _rooms[number] = room = new SourceRoom(number);
            room!.Attach(socket, identifier);
            if (isNew)
                pings.Add(room);
            _bySocket[socket] = room;
            if (_bySocket.Count >= _wanted)
                _reached?.TrySetResult(Stopwatch.GetTimestamp());
        }
    }

    public void Remove(Socket socket)
    {
        if (_bySocket.TryRemove(socket, out var room))
            room.Detach(socket);
    }

    /// <summary>When so many rooms were observed at once, in ticks of the stopwatch.</summary>
    public Task<long> WhenAsync(int count)
    {
        lock (_lock)
        {
            if (_bySocket.Count >= count)
                return Task.FromResult(Stopwatch.GetTimestamp());

            _wanted = count;
            _reached = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _reached.Task;
        }
    }

    /// <summary>The answer to <c>GET /rooms</c>: every meeting that somebody has observed still runs.</summary>
    public string RunningJson()
    {
        var json = new StringBuilder("[");
        foreach (var room in All())
        {
            json.Append(json.Length > 1 ? "," : "")
                .Append("""{"id":""").Append('"').Append(LoadBodies.RoomId(room.Number)).Append('"')
                .Append(""","name":"Observer demo","ready":true,"started_at":"2023-12-11T09:48:32.031Z","shutdown":false,"guest_token":"bench"}""");
        }

        return json.Append(']').ToString();
    }
}
