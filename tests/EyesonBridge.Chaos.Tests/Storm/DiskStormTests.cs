using System.Globalization;
using EyesonBridge.Chaos.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Chaos.Tests.Storm;

/// <summary>
/// Eight meetings, and a disk that is full for moments: to the last byte or nearly, while the broker is there or frozen, the
/// server patient or not, and the worker killed or asked to end. The simulator beside it knows every event that was sent.
/// </summary>
public sealed class DiskStormTests(ITestOutputHelper output)
{
    private const int Limit = 40 * 60_000;
    private const int DiskSize = 16;

    [Theory(Timeout = Limit)]
    [InlineData(10_000)]
    [InlineData(25)] // frames for one observer: then it is too slow, and loses its socket
    public async Task Bridge_DiskFullForMoments_LosesNothingOutsideOfReportedGaps(int sendQueue)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var plan = StormPlan.Read();
        Say(string.Create(CultureInfo.InvariantCulture, $"EYESONBRIDGE_CHAOS_SEED={plan.Seed}: {plan.DiskMoments} moments, a server that keeps {sendQueue} frames"));
        await using var broker = await RabbitMqServer.StartPrivateAsync(cancellation);
        await using var bench = await Bench.SetUpAsync(broker.Url, cancellation, new SimulatorOptions { SendQueueCapacity = sendQueue });
        await using var disk = await SmallDisk.MountAsync(bench.Folder.Combine("disk"), DiskSize, cancellation);
        Assert.SkipWhen(disk is null, "The system allows no namespaces to users.");
        bench.Settings["Store__ConnectionString"] = $"Data Source={disk.Folder}/bridge.db";
        await bench.StartReadyAsync(cancellation, disk.Launcher);
        var rooms = await bench.ObserveNewRoomsAsync(StormPlan.Rooms, cancellation);
        await bench.Queue.TakeUntilAsync( // what is sent before the observation is on disk is no part of it
            "the begin of each observation", events => events.Count(happened => happened.Type is "RoomStateReported") >= StormPlan.Rooms, cancellation);

        List<RoomLoad> loads = [.. rooms.Select((room, index) => new RoomLoad(room, new Random(plan.Seed + index)))];
        var faults = new DiskFaults(bench, broker, disk, rooms, plan, new Random(plan.Seed));
        await new StormRun(bench, loads, Say).RunAsync(faults.RunAsync, faults.RecoverAsync, () => faults.Done, cancellation);
        Say(string.Join(Environment.NewLine, faults.Done));
    }

    private void Say(string text)
    {
        output.WriteLine(text);
        TestContext.Current.SendDiagnosticMessage(text);
    }
}
