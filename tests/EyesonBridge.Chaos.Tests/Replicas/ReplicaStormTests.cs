using EyesonBridge.Chaos.Tests.Storm;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Chaos.Tests.Replicas;

/// <summary>Three workers at one database, and eight meetings; everything goes wrong that can with many of them.</summary>
public sealed class ReplicaStormTests(ITestOutputHelper output)
{
    /// <summary>In milliseconds, of the long form on a machine that does much else.</summary>
    private const int Limit = 40 * 60_000;

    [Fact(Timeout = Limit)]
    public async Task Replicas_ThroughEveryFault_LoseNothingAndTellEverythingOnceInOrder()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var plan = StormPlan.Read();
        Say($"{plan}{Environment.NewLine}{plan.OfReplicas}");
        await using var broker = await RabbitMqServer.StartPrivateAsync(cancellation);
        await using var bench = await ReplicaBench.SetUpAsync(broker.Url, ReplicaFaults.Replicas, cancellation);
        var rooms = await bench.ObserveNewRoomsAsync(StormPlan.Rooms, cancellation);

        List<RoomLoad> loads = [.. rooms.Select((room, index) => new RoomLoad(room, new Random(plan.Seed + index)))];
        var faults = new ReplicaFaults(bench, rooms, plan, new Random(plan.Seed));
        try
        {
            await new StormRun(bench, loads, Say).RunAsync(faults.RunAsync, faults.RecoverAsync, () => faults.Done, cancellation);
        }
        catch (TimeoutException)
        {
            Say(await bench.DescribeAsync(cancellation));
            throw;
        }
    }

    private void Say(string text)
    {
        output.WriteLine(text);
        TestContext.Current.SendDiagnosticMessage(text);
    }
}
