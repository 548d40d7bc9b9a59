using System.Globalization;
using EyesonBridge.Chaos.Tests.Harness;
using EyesonBridge.Chaos.Tests.Verification;
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
        try
        {
            await RunAsync(loads, faults, cancellation);
            var markers = loads.ToDictionary(load => load.Room.Id, load => load.Say("chat"), StringComparer.Ordinal);
            await bench.Queue.TakeUntilAsync(
                "a last message of each room", events => markers.Values.All(marker => events.Any(happened => Is(happened, marker))), cancellation);

            var present = loads.ToDictionary(load => load.Room.Id, load => load.Room.Participants, StringComparer.Ordinal);
            loads.ForEach(load => load.End());
            var expected = loads.Sum(load => load.Recordings.Count + load.Snapshots.Count + 1);
            await bench.Queue.TakeUntilAsync("the end of each meeting, each recording and each snapshot", events => CountOnce(events) >= expected, cancellation);
            await bench.TerminateAsync();

            var report = loads.Select(load => RoomReport.Check(load, bench.Queue.Taken, markers[load.Room.Id], present[load.Room.Id])).ToList();
            Say(RoomReport.Sum(report));
            Say(string.Create(CultureInfo.InvariantCulture, $"sockets lost by FIN, reset, close, disconnect: {string.Join(", ", faults.Drops)}"));
            Assert.All(faults.Drops, drops => Assert.InRange(drops, plan.DropsOfEachKind, int.MaxValue));
            List<string> problems = [.. report.SelectMany(room => room.Problems)];
            Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
        }
        catch
        {
            Say(string.Join(Environment.NewLine, faults.Done));
            TestContext.Current.AddAttachment("events.txt", string.Join(Environment.NewLine, bench.Queue.Taken));
            TestContext.Current.AddAttachment("worker.txt", string.Join(Environment.NewLine, bench.Printed));
            throw;
        }
    }

    private static async Task RunAsync(List<RoomLoad> loads, StormFaults faults, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = Task.WhenAll(loads.Select(load => load.RunAsync(over.Token)));
        try
        {
            await faults.RunAsync(cancellationToken);
        }
        finally
        {
            await over.CancelAsync();
            await running;
        }

        await faults.RecoverAsync(cancellationToken);
    }

    private static bool Is(QueuedEvent happened, string marker) =>
        happened.Type is "ChatMessageSent" && string.Equals(happened["content"], marker, StringComparison.Ordinal);

    private static int CountOnce(IEnumerable<QueuedEvent> events) =>
        events.Where(happened => happened.Type is "ObservationEnded" or "RecordingFinished" or "SnapshotTaken")
            .Select(happened => happened.EventId)
            .Distinct(StringComparer.Ordinal)
            .Count();

    private void Say(string text)
    {
        output.WriteLine(text);
        TestContext.Current.SendDiagnosticMessage(text);
    }
}
