using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using EyesonBridge.Chaos.Tests.Harness;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Chaos.Tests.Faults;

public sealed class StoreTests(PrivateRabbitMqFixture rabbit) : FaultTests(rabbit)
{
    // The worker gets a file system of its own, of 8 MiB: in a namespace, so that nobody has to be root.
    private static readonly string[] OnSmallDisk =
        ["unshare", "--user", "--map-root-user", "--mount", "bash", "-c", "mount -t tmpfs -o size=8m tmpfs \"$0\" && exec \"$@\""];

    // Writes beyond the limit then fail with EFBIG, rather than ending the process.
    private static readonly string[] WithoutSizeSignal = ["bash", "-c", "trap '' XFSZ; exec \"$@\"", "_"];

    [Fact(Timeout = Limit)]
    public async Task Worker_DiskIsFull_ReadsNoFurtherAndGoesOn()
    {
        await using var bench = await SetUpAsync();
        var folder = Directory.CreateDirectory(bench.Folder.Combine("disk")).FullName;
        Assert.SkipUnless(await RunAsync([.. OnSmallDisk, folder, "true"]) == 0, "The system allows no namespaces to users.");
        bench.Settings["Store__ConnectionString"] = $"Data Source={folder}/bridge.db";
        await bench.StartReadyAsync(Cancellation, [.. OnSmallDisk, folder]);

        var filler = $"/proc/{bench.Worker.Id}/root{folder}/filler";
        await GoThroughAsync(bench, "is full", () => Fill(filler), () => File.Delete(filler));
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

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (var size = 64 * 1024; size > 0; size /= 2)
                FillWith(file, new byte[size]);
        }
        catch (IOException)
        {
            // Not even one byte more.
        }
    }

    private static void FillWith(FileStream file, byte[] block)
    {
        try
        {
            while (file.Length < 64 * 1024 * 1024)
                file.Write(block);
        }
        catch (IOException) when (block.Length > 1)
        {
            // Smaller ones may fit.
        }
    }

    private static void LimitFiles(Bench bench, string fileSize)
    {
        using var limit = Process.Start("prlimit", ["--pid", $"{bench.Worker.Id}", $"--fsize={fileSize}"]);
        limit.WaitForExit();
        Assert.Equal(0, limit.ExitCode);
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> command)
    {
        try
        {
            using var process = Process.Start(command[0], command.Skip(1));
            await process.WaitForExitAsync(Cancellation);
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return -1;
        }
    }
}
