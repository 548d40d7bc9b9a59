using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EyesonBridge.Bench.Load;

namespace EyesonBridge.Bench.Peers;

/// <summary>
/// A client that only reads, as a process of its own: <c>read PORT ROOMS</c>. It says <c>ready</c>, and then obeys
/// <c>reset</c> and <c>expect EVENTS</c> → <c>read TICKS</c> when so many frames have come.
/// </summary>
internal static class ReadProgram
{
    private static readonly byte[] Subscribe = """{"command":"subscribe","identifier":"{\"channel\":\"RoomChannel\"}"}"""u8.ToArray();

    private static long _frames;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var port = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        for (var room = 1; room <= int.Parse(arguments[1], CultureInfo.InvariantCulture); room++)
            _ = ReadAsync(port, room);
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line is "reset")
            {
                Interlocked.Exchange(ref _frames, 0);
                Console.WriteLine("reset");
                continue;
            }

            var wanted = long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
            while (Interlocked.Read(ref _frames) < wanted)
                await Task.Delay(1);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"read {Stopwatch.GetTimestamp()}"));
        }

        return 0;
    }

    private static async Task ReadAsync(int port, int room)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /rt?room_id={LoadBodies.RoomId(room)} HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"));
        var buffer = new byte[64 * 1024];
        await socket.ReceiveAsync(buffer);
        await socket.SendAsync(ClientFrames.Masked(Subscribe));
        while (await socket.ReceiveAsync(buffer) is > 0 and var received)
        {
            // A stamp cut in two by the end of the buffer would be missed: the mark is one byte that occurs nowhere else.
            var count = buffer.AsSpan(0, received).Count(EventStamp.End);
            if (count > 0)
                Interlocked.Add(ref _frames, count);
        }
    }
}
