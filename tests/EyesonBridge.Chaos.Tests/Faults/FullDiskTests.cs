using System.Net;
using EyesonBridge.Chaos.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Chaos.Tests.Faults;

/// <summary>A disk that is smaller than what waits, or that somebody else fills.</summary>
public sealed class FullDiskTests(PrivateRabbitMqFixture rabbit) : FaultTests(rabbit)
{
    private const int DiskSize = 12;
    private const int Messages = 7_000;
    private const int MessageSize = 2_000;

    // The server keeps what is not read: nothing may be missing in the end.
    private static readonly SimulatorOptions Patient = new() { SendQueueCapacity = 100_000 };

    private static readonly string Padding = new('x', MessageSize);

    [Fact(Timeout = Limit)]
    public async Task Worker_OutboxFillsTheDisk_DrainsAndReadsOnByItself()
    {
        await using var bench = await SetUpAsync(Patient);
        await using var disk = await StartOnSmallDiskAsync(bench);
        var room = await bench.ObserveNewRoomAsync(Cancellation);

        await WhileFrozenAsync(() => FloodAsync(bench, room));

        await AssertNothingWasMissedAsync(bench, room);
        await bench.Worker.WhenReadyAsync((status, body) => status == HttpStatusCode.OK && WaitingIn(body) == 0, Cancellation);
        await bench.TerminateAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task Worker_TerminatedWithTheDiskFilledByTheOutbox_EndsInTimeAndTheNextStartDrainsIt()
    {
        await using var bench = await SetUpAsync(Patient);
        await using var disk = await StartOnSmallDiskAsync(bench);
        var room = await bench.ObserveNewRoomAsync(Cancellation);

        var stopping = Task.CompletedTask;
        await WhileFrozenAsync(async () =>
        {
            await FloodAsync(bench, room);
            disk.Fill();
            stopping = bench.TerminateAsync();
            await Pause.UntilAsync(() => room.Observers == 0, Cancellation);
        });
        await stopping;

        disk.Fill();
        bench.Start(disk.Launcher);
        await bench.Worker.WhenReadyAsync((_, body) => DescriptionOf(body, "publishing").Length > 0 && WaitingIn(body) == 0, Cancellation);
        disk.Empty();
        await bench.Worker.WhenReadyAsync(Cancellation);
        await room.WhenSubscribedAsync(1, Cancellation);
        await TakeAllAsync(bench, room);
        await bench.TerminateAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task Worker_DiskFilledBySomebodyElse_PublishesAndDeletesAndEndsInTimeAllTheSame()
    {
        await using var bench = await SetUpAsync(Patient);
        await using var disk = await StartOnSmallDiskAsync(bench);
        var room = await bench.ObserveNewRoomAsync(Cancellation);

        await WhileFrozenAsync(async () =>
        {
            Chat(room, "kept", 1_000);
            await bench.Worker.WhenReadyAsync((_, body) => WaitingIn(body) >= 1_000, Cancellation);
            disk.Fill();
            Chat(room, "held up", 500);
            await bench.Worker.WhenReadyAsync((_, body) => StatusOf(body, "store") is "unhealthy", Cancellation);
        });
        await bench.Worker.WhenReadyAsync((_, body) => WaitingIn(body) == 0, Cancellation);

        var stopping = bench.TerminateAsync();
        await stopping;
        disk.Empty();
        await bench.StartReadyAsync(Cancellation, disk.Launcher);
        await room.WhenSubscribedAsync(1, Cancellation);
        await TakeAllAsync(bench, room);
        await bench.TerminateAsync();
    }

    /// <summary>Somebody who looked for room took the reserve too: not even the index of the log fits.</summary>
    [Fact(Timeout = Limit)]
    public async Task Worker_StartedOnADiskWithoutAByte_WaitsForRoomAndCanBeStoppedMeanwhile()
    {
        await using var bench = await SetUpAsync(Patient);
        await using var disk = await StartOnSmallDiskAsync(bench);
        var room = await bench.ObserveNewRoomAsync(Cancellation);
        Chat(room, "kept", 100);
        await bench.Queue.TakeUntilAsync("what was said", events => events.Count(happened => happened.Type is "ChatMessageSent") >= 100, Cancellation);
        await bench.TerminateAsync();
        disk.Delete("bridge.db.reserve");
        disk.Fill();

        bench.Start(disk.Launcher);
        await WhenWaitingForRoomAsync(bench);
        await bench.TerminateAsync();

        bench.Start(disk.Launcher);
        await WhenWaitingForRoomAsync(bench);
        disk.Empty();
        await bench.Worker.WhenReadyAsync(Cancellation);
        await room.WhenSubscribedAsync(1, Cancellation);
        Chat(room, "said then", 100);
        await bench.Queue.TakeUntilAsync("what was said then", events => events.Count(happened => happened.Type is "ChatMessageSent") >= 200, Cancellation);
        await bench.TerminateAsync();
    }

    private static Task WhenWaitingForRoomAsync(Bench bench) => bench.Worker.Output.WhenAsync(
        "that it waits",
        lines => lines.Any(line => line.Contains("The start waits until there is room", StringComparison.Ordinal) && line.Contains("is full. Free or add space there.", StringComparison.Ordinal)),
        Cancellation);

    /// <summary>Sends more than the disk can hold, and waits until no more of it is taken.</summary>
    private static async Task FloodAsync(Bench bench, SimulatedRoom room)
    {
        for (var number = 1; number <= Messages; number++)
            room.Chat($"{number} {Padding}", "alice");
        var (before, times) = (0, 0);
        await bench.Worker.WhenReadyAsync(
            (_, body) =>
            {
                var waiting = WaitingIn(body);
                times = waiting > Messages / 10 && waiting == before ? times + 1 : 0;
                before = waiting;
                return times == 40;
            },
            Cancellation);
        Assert.InRange(before, Messages / 10, Messages - 1);
    }

    private static async Task<SmallDisk> StartOnSmallDiskAsync(Bench bench)
    {
        var disk = await SmallDisk.MountAsync(bench.Folder.Combine("disk"), DiskSize, Cancellation);
        Assert.SkipWhen(disk is null, "The system allows no namespaces to users.");
        bench.Settings["Store__ConnectionString"] = $"Data Source={disk.Folder}/bridge.db";
        await bench.StartReadyAsync(Cancellation, disk.Launcher);
        return disk;
    }
}
