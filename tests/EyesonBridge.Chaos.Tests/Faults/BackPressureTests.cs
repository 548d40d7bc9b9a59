using System.Globalization;
using System.Text.Json.Nodes;
using EyesonBridge.Chaos.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Chaos.Tests.Faults;

public sealed class BackPressureTests(PrivateRabbitMqFixture rabbit, ITestOutputHelper output) : FaultTests(rabbit)
{
    private const int MessageSize = 16 * 1024;
    private const long MemoryMayGrowBy = 96L * 1024 * 1024;

    // The gap begins when the first frame that was held up was received; that was sent earlier by as much as those before it, or a little more.
    private static readonly TimeSpan UnderWay = TimeSpan.FromSeconds(0.5);

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(10);

    [Fact(Timeout = Limit)]
    public async Task Worker_OutboxIsFull_ReadsNoFurtherAndReportsTheGap()
    {
        await using var bench = await SetUpAsync(new SimulatorOptions { SendQueueCapacity = 200 });
        bench.Settings["Outbox__MaxBytes"] = "65536";
        await bench.StartReadyAsync(Cancellation);
        var room = await bench.ObserveNewRoomAsync(Cancellation);
        await WhileAwayAsync(async () =>
        {
            await FloodAsync(bench, room);
            await Pause.UntilAsync(() => room.Observers == 0, Cancellation);
        });
        await room.WhenSubscribedAsync(1, Cancellation);
        await bench.Worker.WhenReadyAsync(Cancellation);

        var events = await TakeAllAsync(bench, room);
        Assert.Equal("backPressure", Assert.Single(events, happened => happened.Type is "ObservationInterrupted")["reason"]);
        var gap = Assert.Single(events, happened => happened.Type is "ObservationResumed");
        var arrived = events.Where(happened => happened.Type is "ChatMessageSent").Select(happened => happened["content"]!).ToHashSet(StringComparer.Ordinal);
        List<SentEvent> lost = [.. room.Sent.Where(message => message.Type is "chat" && !arrived.Contains(ContentOf(message)))];
        Assert.NotEmpty(lost);
        var underWay = LongestUnderWay(room, events, gap.Time("gapFrom"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the first that was lost: {(gap.Time("gapFrom") - lost[0].SentAt).TotalSeconds} s before the gap; those before it took at most {underWay.TotalSeconds} s"));
        Assert.InRange(lost[0].SentAt, gap.Time("gapFrom") - UnderWay - underWay, gap.Time("gapTo"));
        Assert.InRange(lost[^1].SentAt, gap.Time("gapFrom"), gap.Time("gapTo"));
        await bench.TerminateAsync();
    }

    /// <summary>Sends until the server gives up on an observer that does not read; watches the worker's memory meanwhile.</summary>
    private async Task FloodAsync(Bench bench, SimulatedRoom room)
    {
        var (before, most) = (bench.Worker.ResidentBytes(), 0L);
        var padding = new string('x', MessageSize);
        for (var number = 1; bench.Simulator.Counters.TooSlow == 0; number++)
        {
            room.Chat($"{number} {padding}", "alice");
            if (number % 10 != 0)
                continue;

            most = Math.Max(most, bench.Worker.ResidentBytes());
            await Pause.PassAsync(Breath, Cancellation);
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{room.Sent.Count} messages of {MessageSize} bytes until the server gave up; memory {before / 1024 / 1024} MiB, at most {most / 1024 / 1024} MiB"));
        Assert.InRange(most - before, long.MinValue, MemoryMayGrowBy);
    }

    /// <summary>How long those took that arrived before the gap: on a busy machine that can be seconds.</summary>
    private static TimeSpan LongestUnderWay(SimulatedRoom room, IReadOnlyList<QueuedEvent> events, DateTimeOffset gapFrom)
    {
        var sentAt = room.Sent.Where(static message => message.Type is "chat").ToDictionary(ContentOf, static message => message.SentAt, StringComparer.Ordinal);
        return events
            .Where(happened => happened.Type is "ChatMessageSent" && happened.Time("observedAt") <= gapFrom)
            .Max(happened => happened.Time("observedAt") - sentAt[happened["content"]!]);
    }

    private static string ContentOf(SentEvent message) => (string)JsonNode.Parse(message.Json)!["content"]!;
}
