using BenchmarkDotNet.Attributes;
using EyesonBridge.Bench.Peers;
using EyesonBridge.Eyeson.Cable;

namespace EyesonBridge.Bench.Parts;

/// <summary>
/// Receiving a frame of a socket on which they come without pause: through our connection, which also reads ActionCable's
/// envelope, and through Websocket.Client, which hands on bare bytes.
/// </summary>
[BenchmarkCategory("receive")]
[MemoryDiagnoser]
public class ReceiveBenchmarks
{
    private const int Frames = 50_000;
    private const string Key = "bench-key";

    /// <summary>Websocket.Client with everything off that can be.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Frames)]
    public async Task WebsocketClient()
    {
        using var server = new FloodingServer();
        var left = new Countdown(Frames);
        var served = server.ServeAsync(Frames);
        using (await BareWebsocketClient.StartAsync(server.Url, Key, _ => left.Signal()))
            await left.WhenZero;
        await served;
    }

    /// <summary>Our connection.</summary>
    [Benchmark(OperationsPerInvoke = Frames)]
    public async Task CableConnection()
    {
        using var server = new FloodingServer();
        using var client = new CableClient();
        using var stop = new CancellationTokenSource();
        var left = new Countdown(Frames);
        var served = server.ServeAsync(Frames);
        var run = client.Connect(new CableTarget { Url = server.Url, RoomId = "room", ApiKey = Key })
            .RunAsync(new CountingListener(left.Signal), stop.Token);
        await left.WhenZero;
        await stop.CancelAsync();
        await served;
        await run;
    }
}
