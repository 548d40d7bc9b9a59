using System.Globalization;
using EyesonBridge.Chaos.Tests.Harness;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Chaos.Tests.Storm;

/// <summary>
/// The worker as a process, a broker, and eight meetings; everything that can go wrong goes wrong. In the end what lies
/// on a consumer's queue is compared with what was sent.
/// </summary>
public sealed class StormTests(ITestOutputHelper output)
{
    /// <summary>In milliseconds, of the long form on a machine that does much else.</summary>
    private const int Limit = 40 * 60_000;

    [Fact(Timeout = Limit)]
    public async Task Bridge_ThroughEveryFault_LosesNothing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var plan = StormPlan.Read();
        Say(plan.ToString());
        await using var broker = await RabbitMqServer.StartPrivateAsync(cancellation);
        await using var bench = await Bench.SetUpAsync(broker.Url, cancellation);
        await bench.StartReadyAsync(cancellation);
        var rooms = await bench.ObserveNewRoomsAsync(StormPlan.Rooms, cancellation);
        await broker.FlushDeclarationsAsync(cancellation);

        List<RoomLoad> loads = [.. rooms.Select((room, index) => new RoomLoad(room, new Random(plan.Seed + index)))];
        var faults = new StormFaults(bench, broker, rooms, plan, new Random(plan.Seed));
        await new StormRun(bench, loads, Say).RunAsync(faults.RunAsync, faults.RecoverAsync, () => faults.Done, cancellation);
        Say(string.Create(CultureInfo.InvariantCulture, $"sockets lost by FIN, reset, close, disconnect: {string.Join(", ", faults.Drops)}"));
        Assert.All(faults.Drops, drops => Assert.InRange(drops, plan.DropsOfEachKind, int.MaxValue));
    }

    private void Say(string text)
    {
        output.WriteLine(text);
        TestContext.Current.SendDiagnosticMessage(text);
    }
}
