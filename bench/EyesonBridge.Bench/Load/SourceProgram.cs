using System.Diagnostics;
using System.Globalization;

namespace EyesonBridge.Bench.Load;

/// <summary>
/// The source as a process of its own. It says <c>ready PORT</c>, and then obeys:
/// <c>rooms COUNT</c> → <c>rooms COUNT TICKS</c> when so many are observed; <c>flood KIND EVENTS</c> (in each room) and
/// <c>pace KIND RATE SECONDS ROOMS</c> → <c>sent FRAMES STAMPED BEGUN ENDED</c>; <c>end</c> → <c>ended</c>; <c>count</c>.
/// </summary>
internal static class SourceProgram
{
    public static async Task<int> RunAsync()
    {
        var pings = new PingLoop();
        pings.Start();
        var subscriptions = new Subscriptions(pings);
        using var server = new SourceServer(subscriptions);
        _ = server.AcceptAsync();
        Say($"ready {server.Port}");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "rooms":
                    Say($"rooms {words[1]} {await subscriptions.WhenAsync(Number(words[1]))}");
                    break;
                case "flood":
                    await SendAsync(subscriptions, rooms => FloodAsync(rooms, Kind(words[1]), Number(words[2])));
                    break;
                case "pace":
                    await SendAsync(subscriptions, rooms => Task.Run(() => PacedLoad.Send(rooms, Kind(words[1]), Number(words[2]), TimeSpan.FromSeconds(Number(words[3])))));
                    break;
                case "end":
                    foreach (var room in subscriptions.Observed())
                        room.End();
                    Say($"ended");
                    break;
                case "count":
                    Say($"count {subscriptions.Count}");
                    break;
            }
        }

        return 0;
    }

    private static async Task SendAsync(Subscriptions subscriptions, Func<SourceRoom[], Task<long>> send)
    {
        var rooms = subscriptions.Observed();
        var stamped = rooms.Sum(room => room.Stamped);
        var begun = Stopwatch.GetTimestamp();
        var frames = await send(rooms);
        Say($"sent {frames} {rooms.Sum(room => room.Stamped) - stamped} {begun} {Stopwatch.GetTimestamp()}");
    }

    private static async Task<long> FloodAsync(SourceRoom[] rooms, LoadKind kind, int events)
    {
        await Task.WhenAll(rooms.Select(room => Task.Run(() => room.FloodAsync(kind, events))));
        return (long)events * rooms.Length;
    }

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static LoadKind Kind(string text) => Enum.Parse<LoadKind>(text);
}
