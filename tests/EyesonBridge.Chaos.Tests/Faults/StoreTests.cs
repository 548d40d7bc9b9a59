using System.Diagnostics;
using System.Net;
using EyesonBridge.Chaos.Tests.Harness;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Chaos.Tests.Faults;

public sealed class StoreTests(PrivateRabbitMqFixture rabbit) : FaultTests(rabbit)
{
    // Writes beyond the limit then fail with EFBIG, rather than ending the process.
    private static readonly string[] WithoutSizeSignal = ["bash", "-c", "trap '' XFSZ; exec \"$@\"", "_"];

    [Fact(Timeout = Limit)]
    public async Task Worker_DiskIsFull_ReadsNoFurtherAndGoesOn()
    {
        await using var bench = await SetUpAsync();
        await using var disk = await SmallDisk.MountAsync(bench.Folder.Combine("disk"), 8, Cancellation);
        Assert.SkipWhen(disk is null, "The system allows no namespaces to users.");
        bench.Settings["Store__ConnectionString"] = $"Data Source={disk.Folder}/bridge.db";
        await bench.StartReadyAsync(Cancellation, disk.Launcher);

        await GoThroughAsync(bench, "is full", () => disk.Fill(), disk.Empty);
    }

    [Fact(Timeout = Limit)]
    public async Task Worker_WritesToDiskFail_ReadsNoFurtherAndGoesOn()
    {
        await using var bench = await SetUpAsync();
        await bench.StartReadyAsync(Cancellation, WithoutSizeSignal);
        await GoThroughAsync(bench, "reports an I/O error", () => LimitFiles(bench, "0:"), () => LimitFiles(bench, "unlimited:"));
    }

    private static async Task GoThroughAsync(Bench bench, string problem, Action spoil, Action repair)
    {
        var room = await bench.ObserveNewRoomAsync(Cancellation);
        Chat(room, "before", 20);
        spoil();
        Chat(room, "meanwhile", 500);
        var ready = await bench.Worker.WhenReadyAsync((_, body) => StatusOf(body, "store") is "unhealthy", Cancellation);
        Assert.Contains(problem, DescriptionOf(ready, "store"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await bench.Worker.GetHealthAsync("ready", Cancellation)).Status);
        Chat(room, "later", 20);

        repair();
        await bench.Worker.WhenReadyAsync(Cancellation);
        Chat(room, "after", 20);
        await AssertNothingWasMissedAsync(bench, room);
        Assert.Contains("[2003]", bench.Worker.Transcript, StringComparison.Ordinal);
        Assert.Contains("[2004]", bench.Worker.Transcript, StringComparison.Ordinal);
        await bench.TerminateAsync();
    }

    private static void LimitFiles(Bench bench, string fileSize)
    {
        using var limit = Process.Start("prlimit", ["--pid", $"{bench.Worker.Id}", $"--fsize={fileSize}"]);
        limit.WaitForExit();
        Assert.Equal(0, limit.ExitCode);
    }
}
