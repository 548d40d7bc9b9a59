using System.Diagnostics;
using EyesonBridge.Eyeson.Cable;

namespace EyesonBridge.Bench.Micro;

/// <summary>
/// What it takes to receive a text frame: through our connection, which also reads the envelope of ActionCable, and through
/// Websocket.Client, which hands on bare bytes.
/// </summary>
internal static class ReceiveCost
{
    private const int Frames = 200_000;
    private const string Key = "bench-key";

    public static async Task<Comparison> MeasureAsync()
    {
        await OursAsync();
        await TheirsAsync();
        var ours = new double[Comparison.Rounds];
        var baseline = new double[Comparison.Rounds];
        for (var round = 0; round < Comparison.Rounds; round++)
        {
            ours[round] = await OursAsync();
            baseline[round] = await TheirsAsync();
        }

        return new Comparison("µs a frame", ours, baseline);
    }

    private static async Task<double> OursAsync()
    {
        using var server = new FloodingServer();
        using var client = new CableClient();
        using var stop = new CancellationTokenSource();
        var counted = new Count(Frames);
        var served = server.ServeAsync(Frames);
        var run = client.Connect(new CableTarget { Url = server.Url, RoomId = "room", ApiKey = Key })
            .RunAsync(new CountingListener(counted.Add), stop.Token);
        var took = await counted.Completed;
        await stop.CancelAsync();
        await served;
        await run;
        return took.TotalMicroseconds / Frames;
    }

    private static async Task<double> TheirsAsync()
    {
        using var server = new FloodingServer();
        var counted = new Count(Frames);
        var served = server.ServeAsync(Frames);
        TimeSpan took;
        using (await BareWebsocketClient.StartAsync(server.Url, Key, _ => counted.Add()))
            took = await counted.Completed;
        await served;
        return took.TotalMicroseconds / Frames;
    }

    /// <summary>The time from the first frame to the last.</summary>
    private sealed class Count(int frames)
    {
        private readonly TaskCompletionSource<TimeSpan> _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _begun;
        private int _seen;

        public Task<TimeSpan> Completed => _completed.Task;

        public void Add()
        {
            if (_seen++ == 0)
                _begun = Stopwatch.GetTimestamp();
            if (_seen == frames)
                _completed.SetResult(Stopwatch.GetElapsedTime(_begun));
        }
    }
}
