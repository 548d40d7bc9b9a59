using System.Globalization;
using EyesonBridge.Simulator;

namespace EyesonBridge.Bench.Micro;

/// <summary>Rooms in which nothing happens, and what observing them takes of this process' memory.</summary>
internal static class SilentRooms
{
    public const int Count = 500;
    public const string Key = "bench-key";

    public static async Task<EyesonSimulator> StartAsync()
    {
        var simulator = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [Key] });
        for (var room = 0; room < Count; room++)
            simulator.CreateRoom(room.ToString("D24", CultureInfo.InvariantCulture));
        return simulator;
    }

    public static Task WhenSubscribedAsync(EyesonSimulator simulator) =>
        Task.WhenAll(simulator.Rooms.Select(static room => room.WhenSubscribedAsync(1, CancellationToken.None)));

    public static Uri SocketOf(EyesonSimulator simulator, string roomId) =>
        new UriBuilder(simulator.Url) { Scheme = "ws", Path = "/rt", Query = $"room_id={roomId}" }.Uri;

    public static long UsedMemory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
