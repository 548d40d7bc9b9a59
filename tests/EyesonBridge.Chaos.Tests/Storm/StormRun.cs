using EyesonBridge.Chaos.Tests.Harness;
using EyesonBridge.Chaos.Tests.Verification;

namespace EyesonBridge.Chaos.Tests.Storm;

/// <summary>Meetings go on while things go wrong; in the end what lies on a consumer's queue is compared with what was sent.</summary>
internal sealed class StormRun(IStormBench bench, List<RoomLoad> loads, Action<string> say)
{
    /// <param name="faults">What goes wrong.</param>
    /// <param name="recover">Waits until all is well again.</param>
    /// <param name="done">What was done, for who looks into a failure.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What came of each room.</returns>
    public async Task<IReadOnlyList<RoomReport>> RunAsync(
        Func<CancellationToken, Task> faults, Func<CancellationToken, Task> recover, Func<IReadOnlyList<string>> done, CancellationToken cancellationToken)
    {
        try
        {
            await GoOnMeanwhileAsync(faults, cancellationToken);
            await recover(cancellationToken);
            return await CheckAsync(cancellationToken);
        }
        catch
        {
            say(string.Join(Environment.NewLine, done()));
            TestContext.Current.AddAttachment("events.txt", string.Join(Environment.NewLine, bench.Queue.Taken));
            TestContext.Current.AddAttachment("worker.txt", string.Join(Environment.NewLine, bench.Printed));
            throw;
        }
    }

    private async Task GoOnMeanwhileAsync(Func<CancellationToken, Task> faults, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = Task.WhenAll(loads.Select(load => load.RunAsync(over.Token)));
        try
        {
            await faults(cancellationToken);
        }
        finally
        {
            await over.CancelAsync();
            await running;
        }
    }

    private async Task<IReadOnlyList<RoomReport>> CheckAsync(CancellationToken cancellationToken)
    {
        var markers = loads.ToDictionary(load => load.Room.Id, load => load.Say("chat"), StringComparer.Ordinal);
        var left = markers.Values.ToHashSet(StringComparer.Ordinal);
        await bench.Queue.TakeUntilAsync(
            "a last message of each room",
            EachOnce(
                happened =>
                {
                    if (happened.Type is "ChatMessageSent" && happened["content"] is { } content)
                        left.Remove(content);
                },
                () => left.Count == 0),
            cancellationToken);

        var present = loads.ToDictionary(load => load.Room.Id, load => load.Room.Participants, StringComparer.Ordinal);
        loads.ForEach(load => load.End());
        var ends = new HashSet<string>(StringComparer.Ordinal);
        var expected = loads.Sum(load => load.Recordings.Count + load.Snapshots.Count + 1);
        try
        {
            await bench.Queue.TakeUntilAsync(
                "the end of each meeting, each recording and each snapshot",
                EachOnce(
                    happened =>
                    {
                        if (happened.Type is "ObservationEnded" or "RecordingFinished" or "SnapshotTaken")
                            ends.Add(happened.EventId);
                    },
                    () => ends.Count >= expected),
                cancellationToken);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException(string.Join(Environment.NewLine, [late.Message, .. Check().SelectMany(static room => room.Problems)]), late);
        }

        await bench.TerminateAsync();

        var report = Check();
        say(RoomReport.Sum(report));
        List<string> problems = [.. report.SelectMany(room => room.Problems)];
        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
        return report;

        List<RoomReport> Check() =>
            [.. loads.Select(load => RoomReport.Check(load, bench.Queue.Taken, markers[load.Room.Id], present[load.Room.Id]))];
    }

    /// <summary>Looks at each event once, however often it is asked: there are hundreds of thousands.</summary>
    private static Func<IReadOnlyList<QueuedEvent>, bool> EachOnce(Action<QueuedEvent> look, Func<bool> isEnough)
    {
        var seen = 0;
        return events =>
        {
            for (; seen < events.Count; seen++)
                look(events[seen]);
            return isEnough();
        };
    }
}
