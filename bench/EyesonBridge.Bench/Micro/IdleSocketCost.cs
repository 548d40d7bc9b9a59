using EyesonBridge.Eyeson.Cable;
using Websocket.Client;

namespace EyesonBridge.Bench.Micro;

/// <summary>
/// What a subscribed socket costs on which nothing comes: through our connection, and through Websocket.Client. The
/// simulator's side of a socket is in both figures, so the ratio says less than it is.
/// </summary>
internal static class IdleSocketCost
{
    public static async Task<Comparison> MeasureAsync()
    {
        var ours = new double[Comparison.Rounds];
        var baseline = new double[Comparison.Rounds];
        for (var round = 0; round < Comparison.Rounds; round++)
        {
            ours[round] = await OursAsync();
            baseline[round] = await TheirsAsync();
        }

        return new Comparison("KiB a socket", ours, baseline);
    }

    private static async Task<double> OursAsync()
    {
        await using var simulator = await SilentRooms.StartAsync();
        using var client = new CableClient();
        using var stop = new CancellationTokenSource();
        var before = SilentRooms.UsedMemory();
        var runs = new List<Task>(SilentRooms.Count);
        foreach (var room in simulator.Rooms)
        {
            var target = new CableTarget { Url = simulator.Url, RoomId = room.Id, ApiKey = SilentRooms.Key };
            runs.Add(client.Connect(target).RunAsync(new CountingListener(static () => { }), stop.Token));
            await room.WhenSubscribedAsync(1, CancellationToken.None);
        }

        var used = SilentRooms.UsedMemory() - before;
        await stop.CancelAsync();
        await Task.WhenAll(runs);
        return used / 1024d / SilentRooms.Count;
    }

    private static async Task<double> TheirsAsync()
    {
        await using var simulator = await SilentRooms.StartAsync();
        var before = SilentRooms.UsedMemory();
        var clients = new List<WebsocketClient>(SilentRooms.Count);
        foreach (var room in simulator.Rooms)
        {
            clients.Add(await BareWebsocketClient.StartAsync(SilentRooms.SocketOf(simulator, room.Id), SilentRooms.Key, static _ => { }));
            await room.WhenSubscribedAsync(1, CancellationToken.None);
        }

        var used = SilentRooms.UsedMemory() - before;
        clients.ForEach(static client => client.Dispose());
        return used / 1024d / SilentRooms.Count;
    }
}
