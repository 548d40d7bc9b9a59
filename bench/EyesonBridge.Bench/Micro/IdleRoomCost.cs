using System.Net.WebSockets;
using EyesonBridge.Bus;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Hosting;
using EyesonBridge.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace EyesonBridge.Bench.Micro;

/// <summary>
/// What a room costs that is observed and says nothing. The simulator is in the same process, so its own memory for a
/// socket is in both figures; the ratio is on the safe side for the bridge's part only as far as that is small.
/// </summary>
internal static class IdleRoomCost
{
    public static async Task<Comparison> MeasureAsync()
    {
        var ours = new double[Comparison.Rounds];
        var baseline = new double[Comparison.Rounds];
        for (var round = 0; round < Comparison.Rounds; round++)
        {
            ours[round] = await ObserveAsync();
            baseline[round] = await ConnectAsync();
        }

        return new Comparison("KiB a room", ours, baseline);
    }

    private static async Task<double> ObserveAsync()
    {
        await using var simulator = await SilentRooms.StartAsync();
        var folder = Directory.CreateTempSubdirectory("eyeson-bridge-bench-");
        double used;
        await using (var bridge = await RunningBridge.StartAsync(Settings(simulator.Url, folder.FullName), CancellationToken.None))
        {
            var store = bridge.Services.GetRequiredService<IBridgeStore>();
            var before = SilentRooms.UsedMemory();
            var now = TimeProvider.System.GetUtcNow();
            foreach (var room in simulator.Rooms)
                await store.RegisterRoomAsync(new RoomRegistration(room.Id, "default", IntentSources.Command, null, now), CancellationToken.None);
            await SilentRooms.WhenSubscribedAsync(simulator);
            while ((await store.ListRoomsAsync(CancellationToken.None)).Any(room => room.Status != ObservationStatus.Observing))
                await Task.Delay(50);
            used = (SilentRooms.UsedMemory() - before) / 1024d / SilentRooms.Count;
        }

        folder.Delete(recursive: true);
        return used;
    }

    private static async Task<double> ConnectAsync()
    {
        await using var simulator = await SilentRooms.StartAsync();
        var before = SilentRooms.UsedMemory();
        var sockets = new List<ClientWebSocket>(SilentRooms.Count);
        foreach (var room in simulator.Rooms)
        {
            var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("Authorization", SilentRooms.Key);
            await socket.ConnectAsync(SilentRooms.SocketOf(simulator, room.Id), CancellationToken.None);
            sockets.Add(socket);
        }

        var used = (SilentRooms.UsedMemory() - before) / 1024d / SilentRooms.Count;
        sockets.ForEach(socket => socket.Dispose());
        return used;
    }

    private static Dictionary<string, string?> Settings(Uri eyeson, string folder) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Eyeson:Url"] = eyeson.ToString(),
        ["Eyeson:Accounts:default:ApiKey"] = SilentRooms.Key,
        ["Bus:Transport"] = nameof(BusTransport.InMemory),
        ["Store:ConnectionString"] = $"Data Source={Path.Combine(folder, "bench.db")}",
        ["Management:Url"] = "http://127.0.0.1:0",
        ["Logging:LogLevel:Default"] = "Error",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Error",
    };
}
