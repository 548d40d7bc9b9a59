using System.Globalization;
using EyesonBridge.Chaos.Tests.Harness;
using EyesonBridge.Chaos.Tests.Storm;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Chaos.Tests.Replicas;

/// <summary>Many rooms that move at once; the long form tells how long that takes.</summary>
public sealed class ManyRoomsTests(ITestOutputHelper output)
{
    private const int Limit = 40 * 60_000;

    private readonly StormPlan _plan = StormPlan.Read();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task Kill_OneOfThree_ItsRoomsAreTakenOver()
    {
        await using var broker = await RabbitMqServer.StartPrivateAsync(Cancelled);
        await using var bench = await ReplicaBench.SetUpAsync(broker.Url, ReplicaFaults.Replicas, Cancelled);
        var rooms = await bench.ObserveNewRoomsAsync(_plan.RoomsToTakeOver, Cancelled);

        var begun = TimeProvider.System.GetTimestamp();
        await bench.ReplaceKilledAsync(1);
        await Pause.PassAsync(TimeSpan.FromSeconds(1), Cancelled); // the sockets are gone, the lease is not
        var lost = rooms.Where(static room => room.Observers == 0).ToList();
        Assert.InRange(lost.Count, rooms.Count / 5, rooms.Count / 2);
        var times = await Task.WhenAll(lost.Select(async room =>
        {
            await room.WhenSubscribedAsync(1, Cancelled);
            return TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        }));

        Array.Sort(times);
        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{lost.Count} of {rooms.Count} rooms without an observer: half again after {times[times.Length / 2]:0.0} s, 99 % after {times[times.Length * 99 / 100]:0.0} s, all after {times[^1]:0.0} s"));
    }

    [Fact(Timeout = Limit)]
    public async Task Replace_OneAfterTheOtherUnderLoad_NoRoomHasAGap()
    {
        await using var broker = await RabbitMqServer.StartPrivateAsync(Cancelled);
        await using var bench = await ReplicaBench.SetUpAsync(broker.Url, ReplicaFaults.Replicas, Cancelled);
        var rooms = await bench.ObserveNewRoomsAsync(_plan.RoomsToHandOver, Cancelled);
        List<RoomLoad> loads = [.. rooms.Select((room, index) => new RoomLoad(room, new Random(_plan.Seed + index)))];
        var faults = new ReplicaFaults(bench, rooms, _plan, new Random(_plan.Seed));

        var report = await new StormRun(bench, loads, Say).RunAsync(ReplaceAllAsync, faults.RecoverAsync, () => faults.Done, Cancelled);

        Assert.Equal((0, 0), (report.Sum(static room => room.Gaps), report.Sum(static room => room.Missing)));

        async Task ReplaceAllAsync(CancellationToken cancellationToken)
        {
            for (var number = 0; number < _plan.Replacements; number++)
            {
                await faults.RecoverAsync(cancellationToken);
                await bench.ReplaceTerminatedAsync(number % ReplicaFaults.Replicas);
            }
        }
    }

    private void Say(string text)
    {
        output.WriteLine(text);
        TestContext.Current.SendDiagnosticMessage(text);
    }
}
